"""``revcycle denials``: what was denied, by which play it is worked, and what it is worth."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

import typer

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.denial import DenialPicture
from models.documents.denial_pattern import DenialPattern
from models.documents.playbook import Play
from models.documents.write_off import GivenUp, GivenUpKind
from models.errors import RejectedError
from models.states.denial import DenialState
from revcycle.connectors import clock
from revcycle.operations.denials.picture_write_offs import picture_write_offs
from revcycle.operations.denials.policies import denial_terms, plays_of
from revcycle.operations.denials.rank_denials import rank_one
from revcycle.operations.reference.list_texts import ListedText, list_reason_texts
from revcycle.rules.denials.ask_again_as import may_appeal
from revcycle.rules.denials.explain_play import CLOCK_WORDS, root_of_play, why_play
from revcycle.rules.denials.find_play import find_play
from revcycle.settings import settings
from revcycle.store.denial_patterns import list_denial_patterns
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.denials import DenialFilter, DenialLine, list_denials
from revcycle.store.schema import is_database_ready
from revcycle.store.session import reading, transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices, read_client

denials_app = typer.Typer(
    help="What payers denied, and what is done about it.", no_args_is_help=True
)
PAGE = 50
Json = Annotated[bool, typer.Option("--json", help="machine-readable")]
Days = Annotated[int, typer.Option(min=1, max=3650, help="so many days until today")]


@denials_app.command("list")
def list_command(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    state: Annotated[DenialState | None, typer.Option(help="one state; all without it")] = None,
    payer: Annotated[str, typer.Option(help="key of one payer")] = "",
    category: Annotated[str, typer.Option(help="one category of the playbook")] = "",
    page: Annotated[int, typer.Option(min=1)] = 1,
    *,
    as_json: Json = False,
) -> None:
    """List denials, worth most first."""
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        chosen = DenialFilter(state, payer, category)
        lines = list_denials(session, client_id, chosen, limit=PAGE, offset=(page - 1) * PAGE)
    if as_json:
        out.print_json(json.dumps([_to_json(line) for line in lines]))
        return
    table = table_of(
        "id", "payer", "reason", "category", "state", "amount", "worth", "due", "first"
    )
    for line in lines:
        table.add_row(*_cells(line))
    out.print(table if lines else "Nothing is denied.")


@denials_app.command()
def explain(
    client: Annotated[str, typer.Argument(help="key of the practice")] = "",
    denial_id: Annotated[UUID | None, typer.Argument(help="one of its denials")] = None,
    *,
    group: Annotated[str, typer.Option(help="CO, PR, OA or PI")] = "",
    carc: Annotated[str, typer.Option(help="adjustment reason, such as 16")] = "",
    rarc: Annotated[list[str] | None, typer.Option(help="remark, such as N290")] = None,
    payer: Annotated[str, typer.Option(help="key of the payer")] = "",
    procedure: Annotated[str, typer.Option(help="procedure code")] = "",
    of_client: Annotated[
        str, typer.Option("--client", help="whose own plays go first; none: the product's only")
    ] = "",
) -> None:
    """Say which play fits a denial, or a code, and why; for a denial also what it is worth."""
    if denial_id is not None:
        _explain_denial(client, denial_id)
        return
    if not group or not carc:
        msg = "name a practice and a denial, or --group and --carc"
        raise RejectedError(msg)
    key = of_client or client
    plays = plays_of(read_client(key) if key else None)
    remarks = tuple(rarc or ())
    play = find_play(group, carc, remarks, payer, plays, procedure_code=procedure)
    _print_play(play, why_play(play, group, carc, remarks, payer), remarks)
    if is_database_ready(settings().database):
        with reading(settings().database) as session:
            _print_texts(list_reason_texts(session, [carc], remarks, clock.now().date()))


@denials_app.command("write-offs")
def write_offs(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    days: Days = 90,
    *,
    as_json: Json = False,
) -> None:
    """List what was given up by who caused it: what practice or office could have avoided."""
    ((_, client_id),) = chosen_practices(client)
    zone = read_client(client).zone()
    today = clock.today_in(zone)
    with transaction(settings().database, client_id) as session:
        picture = picture_write_offs(session, client_id, _first(today, days), today, zone=zone)
    if as_json:
        out.print_json(json.dumps([_given_up(one) for one in picture.rows]))
        return
    _print_kinds(picture.kinds)


@denials_app.command()
def patterns(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    days: Days = 90,
    top: Annotated[int, typer.Option(min=1, max=1000, help="at most so many")] = 20,
    *,
    as_json: Json = False,
) -> None:
    """List what payers deny again and again: payer, reason and procedure, most money first."""
    ((_, client_id),) = chosen_practices(client)
    today = clock.today_in(read_client(client).zone())
    since = _first(today, days)
    with transaction(settings().database, client_id) as session:
        found = list_denial_patterns(session, client_id, since=since, until=today, limit=top)
    if as_json:
        out.print_json(json.dumps([_pattern(one) for one in found]))
        return
    _print_patterns(found)


def _first(today: date, days: int) -> date:
    return today - timedelta(days=days - 1)


def _explain_denial(client: str, denial_id: UUID) -> None:
    ((_, client_id),) = chosen_practices(client)
    config = read_client(client)
    now = clock.now()
    act = Act(client_id, "command:denials", now, clock.today_in(config.zone()))
    with transaction(settings().database, client_id) as session:
        denial = get_denial_picture(session, client_id, denial_id)
        play = _play(config, denial)
        terms = denial_terms(config, denial.payer_key)
        ranked = rank_one(session, act, denial, play=play, terms=terms)
        texts = list_reason_texts(session, [denial.reason], denial.remarks, denial.decided_on)
    _say("denial", f"{denial.id}, {denial.state}, {denial.group}-{denial.reason}")
    _say("payer", denial.payer_key)
    why = why_play(play, denial.group, denial.reason, denial.remarks, denial.payer_key)
    _print_texts(texts)
    _print_play(play, why, denial.remarks)
    _say("due", f"{denial.due_on} for the first action")
    if ranked is None:
        _say("worth", "not ranked: it is not open")
        return
    rank, chance = ranked
    _say("worth", rank.why)
    _say("chance", chance.words)
    _say("priority", f"{rank.priority}; the nearer of due date and limit is {rank.last_day}")


def _print_texts(texts: Sequence[ListedText]) -> None:
    """Say what the imported lists say of the codes; nothing where there are none."""
    for one in texts:
        _say(f"{one.list_name} {one.code}", one.text)


def _play(config: ClientConfig, denial: DenialPicture) -> Play:
    return find_play(
        denial.group,
        denial.reason,
        denial.remarks,
        denial.payer_key,
        plays_of(config),
        procedure_code=denial.procedure_code,
    )


def _print_play(play: Play, why: str, remarks: tuple[str, ...]) -> None:
    root = root_of_play(play)
    _say("play", f"{play.id}: {why}")
    _say("category", play.category)
    _say("begins in", f"{root.stage}; mended by the {root.owner}")
    _say("first", f"{play.first_action}, within {play.due_days} days")
    _say("path", root.path)
    _say("clock", CLOCK_WORDS[play.clock])
    _say("appeal", "yes" if may_appeal(play, remarks) else "none: it was never processed")
    _say("source", f"{play.source}; verified {play.verified_on or 'never'}")


def _say(name: str, text: str) -> None:
    out.print(f"{name}: {text}", markup=False, highlight=False, soft_wrap=True)


def _print_kinds(kinds: Sequence[GivenUpKind]) -> None:
    table = table_of("caused by", "why", "avoidable", "count", "amount")
    for one in kinds:
        avoidable = "yes" if one.is_avoidable else "no"
        party = one.cause_party or "not said"
        table.add_row(party, one.reason, avoidable, str(one.count), str(one.amount))
    out.print(table if kinds else "Nothing was given up.")


def _print_patterns(found: Sequence[DenialPattern]) -> None:
    table = table_of("payer", "reason", "procedure", "denials", "claims", "amount")
    for one in found:
        reason = f"{one.group}-{one.reason} {one.remark}".strip()
        counts = (str(one.denials), str(one.claims), str(one.amount))
        table.add_row(one.payer_key, reason, one.procedure_code, *counts)
    out.print(table if found else "Nothing was denied.")


def _cells(line: DenialLine) -> tuple[str, ...]:
    reason = f"{line.group}-{line.reason} {line.remarks}".strip()
    worth = "" if line.expected_value is None else str(line.expected_value)
    return (
        str(line.id),
        line.payer_key,
        reason,
        line.category,
        line.state,
        str(line.amount),
        worth,
        str(line.due_on),
        line.first_action,
    )


def _to_json(line: DenialLine) -> dict[str, object]:
    return {
        "id": str(line.id),
        "claim_id": str(line.claim_id),
        "payer": line.payer_key,
        "group": line.group,
        "carc": line.reason,
        "rarc": [one for one in line.remarks.split(":") if one],
        "category": line.category,
        "play": line.play_id,
        "state": str(line.state),
        "amount": str(line.amount),
        "expected_value": None if line.expected_value is None else str(line.expected_value),
        "due_on": line.due_on.isoformat(),
        "first_action": line.first_action,
    }


def _given_up(one: GivenUp) -> dict[str, object]:
    return {
        "id": str(one.id),
        "claim_id": str(one.claim_id),
        "claim": one.claim_number,
        "payer": one.payer_key,
        "cause_party": one.cause_party,
        "reason": one.reason,
        "amount": str(one.amount),
        "at": one.at.isoformat(),
    }


def _pattern(one: DenialPattern) -> dict[str, object]:
    return {
        "payer": one.payer_key,
        "group": one.group,
        "carc": one.reason,
        "rarc": one.remark,
        "procedure": one.procedure_code,
        "denials": one.denials,
        "claims": one.claims,
        "amount": str(one.amount),
    }
