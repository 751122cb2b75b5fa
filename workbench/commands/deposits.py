"""``revcycle deposits``: bank statements, and the remittances that explain them."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.errors import RejectedError
from models.states.bank_line import BankLineState
from models.states.file import InboundFileState
from revcycle.connectors import clock
from revcycle.operations.deposits.import_bank_file import (
    ImportCount,
    import_bank_file,
    store_bank_file,
)
from revcycle.operations.deposits.policies import DepositPolicy, deposit_policy
from revcycle.settings import settings
from revcycle.store.deposits import count_bank_lines, list_bank_lines
from revcycle.store.session import transaction
from workbench.commands.console import err, out, table_of
from workbench.commands.practices import chosen_practices, read_client

deposits_app = typer.Typer(
    help="Deposits at the bank.", no_args_is_help=True, pretty_exceptions_show_locals=False
)
ClientArgument = Annotated[str, typer.Argument(help="key of the practice")]
SOURCE = "command"
PROBLEMS = 1


@deposits_app.command("import")
def import_files(
    client: ClientArgument,
    paths: Annotated[
        list[Path], typer.Argument(help="statements, BAI2 or CSV as the client file says")
    ],
) -> None:
    """Take bank statements in; exit code 1 if anything of them was refused."""
    config = read_client(client)
    policy = deposit_policy(config)
    ((_, client_id),) = chosen_practices(client)
    has_problems = False
    for path in paths:
        count = _import(config, client_id, policy, path)
        _say(path, count)
        has_problems = has_problems or bool(count.refused)
    if has_problems:
        raise typer.Exit(PROBLEMS)


@deposits_app.command("list")
def list_deposits(
    client: ClientArgument,
    state: Annotated[BankLineState | None, typer.Option(help="only of this state")] = None,
    limit: Annotated[int, typer.Option(help="how many at most", min=1, max=1000)] = 50,
) -> None:
    """List bank lines, the newest first, and the totals of each state."""
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        lines = list_bank_lines(session, client_id, state, limit=limit)
        totals = count_bank_lines(session, client_id)
    table = table_of("day", "amount", "kind", "trace or check", "state", "reason", "id")
    for line in lines:
        number = line.trace_number or line.check_number
        cells = (f"{line.posted_on}", f"{line.amount}", line.kind, number, line.state, line.reason)
        table.add_row(*cells, f"{line.id}")
    out.print(table if lines else "No bank lines.")
    for known in BankLineState:
        if known in totals:
            out.print(f"{known}: {totals[known].count} lines, {totals[known].amount}")


def _import(
    config: ClientConfig, client_id: UUID, policy: DepositPolicy, path: Path
) -> ImportCount:
    try:
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise RejectedError(msg) from None
    act = Act(client_id, "command:deposits", clock.now(), clock.today_in(config.zone()))
    with transaction(settings().database, client_id) as session:
        stored = store_bank_file(
            session, act, policy, source=SOURCE, name=path.name, content=content
        )
        return import_bank_file(session, act, stored.id, policy)


def _say(path: Path, count: ImportCount) -> None:
    if not count.is_new:
        out.print(f"{path.name}: was taken in before, nothing changed", markup=False)
        return
    for problem in count.refused:
        err.print(f"{path.name}: {problem}", markup=False)
    if count.state is InboundFileState.QUARANTINED:
        out.print(f"{path.name}: refused as a whole", markup=False)
        return
    out.print(
        f"{path.name}: {count.read} lines read, {count.known} known, {count.set_aside} set aside, "
        f"{count.left} booked, {count.others} of other accounts, {len(count.refused)} refused; "
        f"{count.matched} deposits matched, {count.asked} new questions",
        markup=False,
    )
