"""What a day came to: a table per practice, and the same as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.client_report import DayCounts
from models.documents.invariant import InvariantResult
from models.states.bank_line import BankLineState
from models.states.work_item import Queue
from models.values.money import ZERO, Money, total
from revcycle.connectors import clock
from revcycle.operations.reports.count_day import count_day
from revcycle.settings import settings
from revcycle.store import claims, encounters
from revcycle.store.deposits import StateTotal, count_bank_lines
from revcycle.store.posting_figures import posting_by_payer
from revcycle.store.session import transaction
from revcycle.store.variance_figures import sum_by_payer
from workbench.commands.practices import chosen_practices


@dataclass(frozen=True, slots=True)
class BookFigures:
    """What the books of one practice say of its payers' money, to date.

    Attributes:
        matched: Deposits at the bank that a remittance explains.
        unmatched: Deposits that nothing explains.
        lines: Lines that remittances judge.
        untouched: Those of them that were booked without a question to a person.
        underpaid: What payers paid below contracts.
    """

    matched: StateTotal
    unmatched: StateTotal
    lines: int
    untouched: int
    variances: int
    underpaid: Money

    @property
    def rate(self) -> str:
        """Lines that nobody touched of all lines, in whole percents."""
        return f"{100 * self.untouched // self.lines} %" if self.lines else "no lines"


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """The counts of one practice, everything to date."""

    key: str
    name: str
    counts: DayCounts
    records: Mapping[str, int]  # intake records by outcome
    versions: int  # a claim that is corrected is sent again
    books: BookFigures


def count_practice(config: ClientConfig) -> PracticeDay:
    """Count one practice."""
    ((_, client_id),) = chosen_practices(config.key)
    act = Act(client_id, "demo", clock.now(), clock.today_in(config.zone()))
    with transaction(settings().database, client_id) as session:
        counts = count_day(session, act)
        records = encounters.count_records_by_outcome(session, client_id)
        versions = len(claims.list_version_control_numbers(session, client_id))
        books = _read_books(session, client_id)
    return PracticeDay(config.key, config.practice.name, counts, records, versions, books)


def _read_books(session: Session, client_id: UUID) -> BookFigures:
    lines = count_bank_lines(session, client_id)
    nothing = StateTotal(0, ZERO)
    posted = posting_by_payer(session, client_id, date.min, date.max)
    variances = sum_by_payer(session, client_id, date.min, date.max)
    return BookFigures(
        matched=lines.get(BankLineState.MATCHED, nothing),
        unmatched=lines.get(BankLineState.UNMATCHED, nothing),
        lines=sum(one.lines for one in posted),
        untouched=sum(one.untouched for one in posted),
        variances=sum(one.claims for one in variances),
        underpaid=total(one.underpaid for one in variances),
    )


def print_practice(day: PracticeDay, console: Console) -> None:
    """Print the table of one practice."""
    table = Table(title=day.name, show_header=False, title_justify="left", min_width=60)
    table.add_column("what")
    table.add_column("how much", justify="right")
    for section in _sections(day):
        for name, value in section:
            table.add_row(name, str(value))
        table.add_section()
    console.print(table)


def _sections(day: PracticeDay) -> list[list[tuple[str, object]]]:
    done, balances, books = day.counts.to_date, day.counts.balances, day.books
    return [
        [(f"intake records {name}", count) for name, count in sorted(day.records.items())],
        [(f"encounters {one.name}", one.count) for one in day.counts.encounters],
        [
            ("claims sent", done.claims_sent),
            ("claim versions sent", day.versions),
            ("claims accepted", done.claims_accepted),
            ("claims rejected", done.claims_rejected),
            ("claims denied", done.claims_denied),
            ("claims paid", done.claims_paid),
            *((f"claims now {one.name}", one.count) for one in day.counts.claims),
        ],
        [
            ("charges", done.charges),
            ("insurance payments", done.insurance_payments),
            ("patient payments", done.patient_payments),
            ("adjustments", done.adjustments),
            ("owed by insurance", balances.insurance),
            ("denied, being worked", balances.denied),
            ("owed by patients", balances.patients),
            ("credits", balances.credits),
        ],
        [
            ("deposits matched", books.matched.count),
            ("deposits matched, money", books.matched.amount),
            ("deposits not explained", books.unmatched.count),
            ("deposits not explained, money", books.unmatched.amount),
            ("lines posted by themselves", f"{books.untouched} of {books.lines}, {books.rate}"),
            ("variances from contracts", books.variances),
            ("paid below contracts", books.underpaid),
        ],
        [(f"open work: {one.name}", one.count) for one in day.counts.open_work],
        [("statements sent", done.statements_sent), ("reports sent", done.reports_sent)],
    ]


def print_staff(staff: Mapping[str, Counter[str]], console: Console) -> None:
    """Say what simulated staff did."""
    table = Table("simulated staff did", *staff, title="Staff", title_justify="left")
    for act in sorted({act for done in staff.values() for act in done}):
        table.add_row(act, *(str(done[act]) for done in staff.values()))
    console.print(table)


def print_waiting(days: Sequence[PracticeDay], console: Console) -> None:
    """Say how much waits for people in each queue."""
    title = "Waiting for the next morning"
    table = Table("queue", *(day.key for day in days), title=title, title_justify="left")
    counts = [waiting_of(day) for day in days]
    for queue in Queue:
        name = queue.value.replace("_", " ")
        table.add_row(name, *(str(count[queue]) for count in counts))
    console.print(table)


def waiting_of(day: PracticeDay) -> Counter[str]:
    """Count the open work of a practice by queue."""
    return Counter({one.name: one.count for one in day.counts.open_work})


def write_summary(
    path: Path,
    days: Sequence[PracticeDay],
    staff: Mapping[str, Counter[str]],
    results: Sequence[tuple[str, InvariantResult]],
    facts: Mapping[str, Any],
) -> None:
    """Write everything as one JSON file."""
    summary = {
        **facts,
        "practices": {
            day.key: {
                name: value if isinstance(value, int) else str(value)
                for section in _sections(day)
                for name, value in section
            }
            for day in days
        },
        "waiting": {queue.value: sum(waiting_of(day)[queue] for day in days) for queue in Queue},
        "staff": {key: dict(done) for key, done in staff.items()},
        "invariants": [
            {
                "client": key,
                "id": result.id,
                "checked": result.checked,
                "violations": list(result.violations),
            }
            for key, result in results
        ],
    }
    part = path.with_suffix(".part")
    part.write_text(json.dumps(summary, indent=2) + "\n")
    part.replace(path)
