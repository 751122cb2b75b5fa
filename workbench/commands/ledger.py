"""``revcycle ledger``: the books of one practice from the command line. No person is named."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import typer
from rich.table import Table

from models.documents.books import AgeingRow, LedgerLine
from models.errors import RejectedError
from models.values.accounts import RECEIVABLES, Account
from models.values.money import Money, total
from models.values.months import to_month_text
from revcycle.operations.books.picture_ageing import picture_ageing
from revcycle.operations.books.picture_trial import picture_trial
from revcycle.settings import settings
from revcycle.store import book_lines
from revcycle.store.book_lines import LinesWanted
from revcycle.store.session import reading
from workbench.commands.book_texts import read_day, read_month, right_table
from workbench.commands.console import out
from workbench.commands.practices import chosen_practices, today_at

ledger_app = typer.Typer(help="The books of one practice.", no_args_is_help=True)

ClientKey = Annotated[str, typer.Argument(help="key of the practice")]
AsJson = Annotated[bool, typer.Option("--json", help="machine-readable")]
OnDay = Annotated[str, typer.Option("--on", help="only what takes effect up to this day")]
WhichAccount = Annotated[Account | None, typer.Option(help="only this account")]
NO_PAYER: Final = "no payer"


@dataclass(frozen=True, slots=True)
class _Running:
    """A line with what stands after it."""

    line: LedgerLine
    balance: Money


@ledger_app.command()
def balance(
    client: ClientKey, on: OnDay = "", account: WhichAccount = None, *, as_json: AsJson = False
) -> None:
    """Say what stands in each account; all of them together are zero, else exit 1."""
    ((_, client_id),) = chosen_practices(client)
    with reading(settings().database, [client_id]) as session:
        found = book_lines.balances_on(session, client_id, read_day(on))
    shown = {one: found.get(one, Money(0)) for one in [account]} if account else found
    is_level = not total(found.values())
    if as_json:
        rows = [{"account": one, "balance": str(amount)} for one, amount in shown.items()]
        out.print_json(json.dumps({"balances": rows, "sums_to_zero": is_level}))
    else:
        table = right_table("account", "balance", left=1)
        for one, amount in shown.items():
            table.add_row(one, str(amount))
        out.print(table)
    _end(is_level=is_level, says="all accounts sum to zero", quiet=as_json)


@ledger_app.command()
def statement(
    client: ClientKey,
    claim: Annotated[str, typer.Option(help="our number of a claim: what is owed for it")] = "",
    charge: Annotated[UUID | None, typer.Option(help="id of a charge: what is owed for it")] = None,
    account: WhichAccount = None,
    since: Annotated[str, typer.Option("--from", help="first day, such as 2026-11-01")] = "",
    until: Annotated[str, typer.Option("--to", help="last day")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """List entries in the order of their dates, with the balance after each."""
    ((_, client_id),) = chosen_practices(client)
    first, last = read_day(since), read_day(until)
    if sum(map(bool, (claim, charge, account))) != 1:
        msg = "name a claim, a charge or an account, and only one of them"
        raise RejectedError(msg)
    with reading(settings().database, [client_id]) as session:
        charge_ids: tuple[UUID, ...] = (charge,) if charge else ()
        if claim:
            charge_ids = book_lines.charges_of_claim_number(session, client_id, claim)
        wanted = LinesWanted((account,) if account else RECEIVABLES, charge_ids, until=last)
        running = list(_run(book_lines.each_line_by_date(session, client_id, wanted)))
    _print_statement(running, first, as_json=as_json)


@ledger_app.command()
def trial(
    client: ClientKey,
    period: Annotated[str, typer.Option(help="month, such as 2026-11; else the present one")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Show each account of a month: opening, movement, closing; all sum to zero, else exit 1."""
    ((key, client_id),) = chosen_practices(client)
    with reading(settings().database, [client_id]) as session:
        found = picture_trial(
            session, client_id, read_month(period), today=today_at(session, client_id)
        )
    lines = [(line.account, line.opening, line.movement, line.closing) for line in found.lines]
    month = to_month_text(found.month)
    if as_json:
        names = ("account", "opening", "movement", "closing")
        rows = [dict(zip(names, map(str, line), strict=True)) for line in lines]
        facts = {"period": month, "is_closed": found.closed is not None, "accounts": rows}
        out.print_json(json.dumps(facts | {"sums_to_zero": found.is_level}))
    else:
        state = f"closed by {found.closed.closed_by}" if found.closed else "open"
        table = right_table("account", "opening", "movement", "closing", left=1)
        table.title = f"{key} {month}, {state}"
        for line in lines:
            table.add_row(*map(str, line))
        table.add_section()
        table.add_row("all accounts", *map(str, found.sums))
        out.print(table)
    _end(is_level=found.is_level, says="all accounts sum to zero", quiet=as_json)


@ledger_app.command()
def ageing(client: ClientKey, on: OnDay = "", *, as_json: AsJson = False) -> None:
    """Show what is owed by days since the service; it sums to A/R, else exit 1.

    Without a day all that is booked counts, aged as of the practice's today.
    """
    ((key, client_id),) = chosen_practices(client)
    day = read_day(on)
    with reading(settings().database, [client_id]) as session:
        as_of = day or today_at(session, client_id)
        found = picture_ageing(session, client_id, as_of=as_of, booked_until=day)
    if as_json:
        rows = [_ageing_facts(row, found.buckets) for row in found.rows]
        facts = {"as_of": as_of.isoformat(), "rows": rows, "owed": str(found.owed)}
        owed_back = {account: str(amount) for account, amount in found.credits}
        out.print_json(json.dumps(facts | {"credits": owed_back, "sums_to_ar": found.is_level}))
    else:
        table = right_table("account", "payer", *found.buckets, "all", left=2)
        table.title = f"{key}, days from the service to {as_of.isoformat()}"
        for row in found.rows:
            payer = row.payer_name or NO_PAYER
            table.add_row(row.account, payer, *map(str, row.amounts), str(row.sum))
        table.add_section()
        table.add_row("A/R", "", *map(str, found.sums), str(found.owed))
        out.print(table)
        for account, amount in found.credits:
            out.print(f"apart from it we owe back {amount} ({account})", markup=False)
    _end(is_level=found.is_level, says="all ages sum to A/R", quiet=as_json)


def _ageing_facts(row: AgeingRow, buckets: Iterable[str]) -> dict[str, object]:
    ages = {bucket: str(one) for bucket, one in zip(buckets, row.amounts, strict=True)}
    return {"account": row.account, "payer": row.payer_key, "ages": ages, "sum": str(row.sum)}


def _run(lines: Iterable[LedgerLine]) -> Iterable[_Running]:
    stands = Money(0)
    for line in lines:
        stands += line.amount
        yield _Running(line, stands)


def _print_statement(running: list[_Running], first: date | None, *, as_json: bool) -> None:
    before = [one for one in running if first and one.line.effective_date < first]
    within = running[len(before) :]
    opening = before[-1].balance if before else Money(0)
    closing = within[-1].balance if within else opening
    if as_json:
        rows = [_statement_facts(one) for one in within]
        facts = {"opening": str(opening), "lines": rows, "closing": str(closing)}
        out.print_json(json.dumps(facts))
        return
    table = _statement_table(opening, within)
    out.print(table)
    moved = total(one.line.amount for one in within)
    out.print(f"{opening} + {moved} = {closing}", markup=False)


def _statement_table(opening: Money, within: list[_Running]) -> Table:
    table = right_table("date", "counts in", "entry", "account", "amount", "balance", left=4)
    table.add_row("", "", "brought forward", "", "", str(opening))
    for one in within:
        line = one.line
        cells = (line.effective_date.isoformat(), to_month_text(line.period), line.kind)
        table.add_row(*cells, line.account, str(line.amount), str(one.balance))
    return table


def _statement_facts(one: _Running) -> dict[str, object]:
    line = one.line
    return {
        "entry": str(line.entry_id),
        "kind": line.kind,
        "date": line.effective_date.isoformat(),
        "period": to_month_text(line.period),
        "account": line.account,
        "amount": str(line.amount),
        "balance": str(one.balance),
    }


def _end(*, is_level: bool, says: str, quiet: bool) -> None:
    """Say whether the check holds, and tell a script."""
    if not quiet:
        out.print(says if is_level else f"NOT TRUE: {says}", markup=False)
    if not is_level:
        raise typer.Exit(1)
