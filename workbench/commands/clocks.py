"""``revcycle clocks``: everything with a last day, by numbers and dates only."""

import json
from datetime import date, timedelta
from typing import Annotated, Final

import typer

from models.documents.clock import ClockKind
from revcycle.settings import settings
from revcycle.store import clocks
from revcycle.store.clocks import ClockChoice, RunningClock
from revcycle.store.session import transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices, today_at

clocks_app = typer.Typer(help="Everything with a last day.", no_args_is_help=True)
LISTED_MAX: Final = 500


@clocks_app.callback()
def of_clocks() -> None:
    """Keep ``list`` a sub-command although it is the only one."""


@clocks_app.command("list")
def list_clocks(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    kind: Annotated[ClockKind | None, typer.Option(help="one kind; all without it")] = None,
    within: Annotated[
        int | None, typer.Option(min=0, help="those that end within so many days, or are over")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """List clocks that run, the first to end first; at most 500, and how many there are."""
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        today = today_at(session, client_id)
        until = None if within is None else today + timedelta(days=within)
        choice = ClockChoice(frozenset({kind} if kind else ()), until)
        found = clocks.list_running_clocks(session, [client_id], choice, limit=LISTED_MAX)
        counts = clocks.count_running_clocks(session, [client_id], choice, today=today)
    if as_json:
        out.print_json(json.dumps([_row(one, today) for one in found]))
        return
    if not found:
        out.print("No such clock runs.")
        return
    _print(found, today)
    total = sum(count for count, _, _ in counts.values())
    over = sum(late for _, _, late in counts.values())
    out.print(f"{total} run, {over} of them are over.")


def _row(one: RunningClock, today: date) -> dict[str, str | int]:
    return {
        "by": one.ends_on.isoformat(),
        "days left": (one.ends_on - today).days,
        "kind": one.kind,
        "claim": one.control_number,
        "about": f"{one.subject_kind} {one.subject_id}",
        "payer": one.payer_name,
        "amount": "" if one.amount is None else str(one.amount),
        "since": one.started_on.isoformat(),
        "rule": one.rule_id,
    }


def _print(found: list[RunningClock], today: date) -> None:
    rows = [_row(one, today) for one in found]
    table = table_of()
    for name in rows[0]:
        table.add_column(
            name, overflow="fold", justify="right" if name in {"days left", "amount"} else "left"
        )
    for row in rows:
        style = "red" if int(row["days left"]) < 0 else None
        table.add_row(*map(str, row.values()), style=style)
    out.print(table)
