"""``revcycle post``: remittance files into the books of one practice."""

import json
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

import typer

from models.documents.act import Act
from models.states.file import InboundFileState
from revcycle.connectors import clock
from revcycle.operations.files.file_kind import file_kind
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.posting.policies import RemittancePolicy, remittance_policy
from revcycle.operations.posting.post_remittance_file import PostingCount, post_remittance_file
from revcycle.settings import settings
from revcycle.store.session import transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices, read_client

SOURCE: Final = "command"
REMITTANCE: Final = "835"
NOT_A_REMITTANCE: Final = "posting.not_a_remittance"
WHY: Final = MappingProxyType(
    {
        NOT_A_REMITTANCE: "this is no remittance file (835)",
        "posting.unreadable": "a part cannot be read, so nothing was posted",
        "posting.unbalanced": "it does not add up, so nothing was posted",
        "posting.wrong_payee": "it is paid to another practice; the inbox of the company has it",
        "posting.duplicate_trace": "the payment was posted before from another file",
        "posting.trace_reused": "another payment has its trace number",
        "posting.interchange_reused": "another file of the sender has its interchange number",
    }
)
Clients = Annotated[str, typer.Argument(help="key of the practice")]
Paths = Annotated[
    list[Path], typer.Argument(help="835 files", exists=True, dir_okay=False, readable=True)
]


def post(
    client: Clients,
    paths: Paths,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="machine-readable")] = False,
) -> None:
    """Post 835 files; say what was posted, refused and set aside, and why.

    A file is posted whole or not at all; the same file again changes nothing. Exit 1 if anything
    was not posted.
    """
    config = read_client(client)
    ((_, client_id),) = chosen_practices(client)
    act = Act(client_id, "command:post", clock.now(), clock.today_in(config.zone()))
    policy = remittance_policy(config)
    counts = [(path, _post(act, path, policy)) for path in paths]
    if as_json:
        out.print_json(json.dumps([_row(path, count) for path, count in counts]))
    else:
        _print(counts)
    if any(not _is_posted(count) for _, count in counts):
        raise typer.Exit(1)


def _post(act: Act, path: Path, policy: RemittancePolicy) -> PostingCount:
    content = path.read_bytes()
    if file_kind(content) != REMITTANCE:
        return PostingCount(InboundFileState.QUARANTINED, NOT_A_REMITTANCE)
    with transaction(settings().database, act.client_id) as session:
        stored = store_inbound_file(
            session, act, source=SOURCE, kind=REMITTANCE, name=path.name, content=content
        )
    with transaction(settings().database, act.client_id) as session:
        return post_remittance_file(session, act, stored.id, policy=policy)


def _is_posted(count: PostingCount) -> bool:
    return count.state is InboundFileState.POSTED


def _print(counts: list[tuple[Path, PostingCount]]) -> None:
    table = table_of(
        "file", "payments", "claims", "decided", "taken back", "set aside", "denials", ""
    )
    for path, count in counts:
        numbers = (
            count.remittances,
            count.claims,
            count.decided,
            count.reversed,
            count.unapplied,
            count.denials_opened,
        )
        table.add_row(path.name, *map(str, numbers), _verdict(count))
    out.print(table)
    for path, count in counts:
        for reason, times in count.questions:
            out.print(f"{path.name}: {times} to look at, {reason}", markup=False)


def _verdict(count: PostingCount) -> str:
    if not _is_posted(count):
        return f"not posted: {WHY.get(count.reason, count.reason)}"
    return "posted before; nothing changed" if count.was_posted_before else "posted"


def _row(path: Path, count: PostingCount) -> dict[str, object]:
    return {
        "file": path.name,
        "posted": _is_posted(count),
        "posted_before": count.was_posted_before,
        "reason": count.reason,
        "payments": count.remittances,
        "claims": count.claims,
        "decided": count.decided,
        "taken_back": count.reversed,
        "set_aside": count.unapplied,
        "denials": count.denials_opened,
        "questions": dict(count.questions),
    }
