"""Postings of the books: what a figure of the trial balance adds up, and single entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.responses import Response

from models.documents.books import LedgerLine
from models.values.accounts import Account
from models.values.months import to_month_text
from revcycle.store import book_lines
from revcycle.store.audit import record_act
from revcycle.store.book_lines import LinesWanted
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor
from workbench.pages.books.book_address import (
    AccountText,
    MonthText,
    query,
    read_account,
    read_month,
    words,
)
from workbench.pages.books.book_exports import send_csv
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.practices import Practice, act_at, practice_of

router = books_router()
LINES_OF_BATCH = 2_000  # of an export, which is never held in memory as a whole
HEADS = (
    "takes effect",
    "counts in",
    "booked at",
    "by",
    "entry",
    "kind",
    "account",
    "amount",
    "charge",
    "claim",
    "remittance",
)


@dataclass(frozen=True, slots=True)
class AskedLines:
    """Which postings an address asks for."""

    account: Account | None
    period: str
    charge: UUID | None
    alike: UUID | None

    @property
    def wanted(self) -> LinesWanted:
        """The same, as the books are asked."""
        return LinesWanted(
            (self.account,) if self.account else (),
            (self.charge,) if self.charge else (),
            read_month(self.period),
            alike=self.alike,
        )

    def query(self, **more: object) -> str:
        """Write the part of an address after the question mark."""
        own = {
            "account": self.account,
            "period": self.period or None,
            "charge": self.charge,
            "alike": self.alike,
        }
        return query(**own, **more)


def read_asked(
    account: AccountText = "",
    period: MonthText = "",
    charge: UUID | None = None,
    alike: UUID | None = None,
) -> AskedLines:
    """Read which postings are asked for.

    Raises:
        NotFoundError: there is no such account, or the period is no month.
    """
    asked = AskedLines(read_account(account), period, charge, alike)
    read_month(asked.period)
    return asked


Asked = Annotated[AskedLines, Depends(read_asked)]


@router.get("/entries")
def show_entries(
    visitor: CurrentVisitor, client: str, asked: Asked, after: UUID | None = None
) -> Response:
    """Show fifty postings, the last booked first, and note that they were seen."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        lines = book_lines.list_lines(
            session, practice.id, asked.wanted, after=after, limit=LINES_OF_PAGE + 1
        )
        amount = book_lines.sum_lines(session, practice.id, asked.wanted)
        record_act(session, practice.id, act, "see_posting_list", "ledger_entry", None)
    shown = lines[:LINES_OF_PAGE]
    has_more = len(lines) > LINES_OF_PAGE
    return show_books(
        visitor,
        "entries.html",
        practice,
        room="entries",
        asked=asked,
        lines=shown,
        sum=amount,
        next_query=asked.query(after=shown[-1].id) if has_more else "",
        is_first=after is None,
        words=words(),
    )


@router.get("/entries.csv")
def export_entries(visitor: CurrentVisitor, client: str, asked: Asked) -> Response:
    """Export postings, and note in the trail that they were exported."""
    practice = practice_of(visitor, client)
    name = f"entries-{practice.key}{'-' + asked.period if asked.period else ''}.csv"
    rows = _cells(visitor, practice, asked)
    return send_csv(visitor, practice, "export_posting_list", name, HEADS, rows)


@router.get("/entries/{entry_id}")
def show_entry(visitor: CurrentVisitor, client: str, entry_id: UUID) -> Response:
    """Show one entry with its postings, what it books, and what takes it back."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        lines = book_lines.lines_of_entry(session, practice.id, entry_id)
        reversed_by = book_lines.find_reversal(session, practice.id, entry_id)
        record_act(session, practice.id, act, "see_entry", "ledger_entry", entry_id)
    return show_books(
        visitor,
        "entry.html",
        practice,
        room="entries",
        entry=lines[0],
        lines=lines,
        reversed_by=reversed_by,
        words=words(),
    )


def _cells(visitor: Visitor, practice: Practice, asked: AskedLines) -> Iterator[list[str]]:
    after: UUID | None = None
    while True:
        with reading(visitor.site.database_url, [practice.id]) as session:
            lines = book_lines.list_lines(
                session, practice.id, asked.wanted, after=after, limit=LINES_OF_BATCH
            )
        yield from map(_row, lines)
        if len(lines) < LINES_OF_BATCH:
            return
        after = lines[-1].id


def _row(line: LedgerLine) -> list[str]:
    return [
        line.effective_date.isoformat(),
        to_month_text(line.period),
        line.posted_at.isoformat(),
        line.actor,
        str(line.entry_id),
        line.kind,
        line.account,
        str(line.amount),
        str(line.charge_id or ""),
        str(line.claim_id or ""),
        str(line.remittance_id or ""),
    ]
