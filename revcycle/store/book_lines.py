"""Queries on single postings and entries: what a figure of the books is the sum of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.books import LedgerLine
from models.errors import NotFoundError
from models.tables import Claim, ClaimLine, ClaimVersion, LedgerEntry, Posting
from models.values.accounts import Account
from models.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class LinesWanted:
    """Which postings; what is None or empty is not asked for.

    Attributes:
        month: Only what counts in this month.
        since, until: Only what takes effect on these days or between them.
        alike: Only what stands in the account and sub-ledger of this posting: a sub-ledger is
            named by numbers of payers, which may be a patient's and belong in no address.
    """

    accounts: tuple[Account, ...] = ()
    charge_ids: tuple[UUID, ...] = ()
    month: date | None = None
    since: date | None = None
    until: date | None = None
    alike: UUID | None = None


def balances_on(session: Session, client_id: UUID, on: date | None) -> dict[Account, Money]:
    """Add up every account as of the end of a day; without one, all that is booked."""
    statement = select_columns(col(Posting.account), func.sum(Posting.amount)).where(
        col(Posting.client_id) == client_id
    )
    if on is not None:
        statement = statement.join(LedgerEntry, _is_of_entry()).where(
            col(LedgerEntry.effective_date) <= on
        )
    found = session.execute(statement.group_by(col(Posting.account)))
    sums = {Account(name): amount for name, amount in found}
    return {account: sums[account] for account in Account if account in sums}


def sum_lines(session: Session, client_id: UUID, wanted: LinesWanted) -> Money:
    """Add up the postings of a list, of all its pages."""
    statement = (
        select_columns(func.sum(Posting.amount))
        .join(LedgerEntry, _is_of_entry())
        .where(col(Posting.client_id) == client_id, *_filters(client_id, wanted))
    )
    return session.execute(statement).scalar_one() or ZERO


def list_lines(
    session: Session, client_id: UUID, wanted: LinesWanted, *, after: UUID | None, limit: int
) -> list[LedgerLine]:
    """List postings, the last booked first, from the one after ``after`` on."""
    statement = _lines(client_id, wanted)
    if after is not None:
        statement = statement.where(col(Posting.id) < after)
    rows = session.execute(statement.order_by(col(Posting.id).desc()).limit(limit))
    return [_line(row) for row in rows]


def each_line_by_date(
    session: Session, client_id: UUID, wanted: LinesWanted
) -> Iterator[LedgerLine]:
    """Go through postings by the days on which they take effect; in an entry debits come first."""
    statement = _lines(client_id, wanted).order_by(
        col(LedgerEntry.effective_date),
        col(LedgerEntry.posted_at),
        col(LedgerEntry.id),
        col(Posting.amount).desc(),  # debits before credits
        col(Posting.id),
    )
    for row in session.execute(statement.execution_options(yield_per=1_000)):
        yield _line(row)


def lines_of_entry(session: Session, client_id: UUID, entry_id: UUID) -> list[LedgerLine]:
    """List the postings of one entry.

    Raises:
        NotFoundError: this practice has no such entry.
    """
    statement = _lines(client_id, LinesWanted()).where(col(LedgerEntry.id) == entry_id)
    found = [
        _line(row)
        for row in session.execute(statement.order_by(col(Posting.amount).desc(), col(Posting.id)))
    ]
    if not found:
        msg = "the books have no such entry"
        raise NotFoundError(msg)
    return found


def find_reversal(session: Session, client_id: UUID, entry_id: UUID) -> UUID | None:
    """Find the entry that takes an entry back."""
    statement = select_columns(col(LedgerEntry.id)).where(
        col(LedgerEntry.client_id) == client_id, col(LedgerEntry.reverses_id) == entry_id
    )
    return session.execute(statement).scalar_one_or_none()


def charges_of_claim_number(session: Session, client_id: UUID, number: str) -> tuple[UUID, ...]:
    """List the charges of a claim by our number of it, or of a version of it.

    Raises:
        NotFoundError: this practice has no claim of this number.
    """
    of_version = (
        select_columns(col(ClaimVersion.claim_id))
        .where(col(ClaimVersion.client_id) == client_id, col(ClaimVersion.control_number) == number)
        .scalar_subquery()
    )
    statement = (
        select_columns(col(ClaimLine.charge_id))
        .join(
            Claim,
            and_(col(Claim.client_id) == client_id, col(Claim.id) == col(ClaimLine.claim_id)),
        )
        .where(
            col(ClaimLine.client_id) == client_id,
            or_(col(Claim.control_number) == number, col(Claim.id) == of_version),
        )
        .order_by(col(ClaimLine.number))
    )
    found = tuple(session.execute(statement).scalars())
    if not found:
        msg = "no claim of this practice has this number"
        raise NotFoundError(msg)
    return found


def _lines(client_id: UUID, wanted: LinesWanted) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            col(Posting.id),
            col(LedgerEntry.id),
            col(LedgerEntry.kind),
            col(LedgerEntry.source_key),
            col(LedgerEntry.effective_date),
            col(LedgerEntry.period),
            col(LedgerEntry.posted_at),
            col(LedgerEntry.actor),
            col(Posting.account),
            col(Posting.amount),
            col(Posting.charge_id),
            col(Posting.claim_id),
            col(Posting.remittance_id),
            col(LedgerEntry.reverses_id),
        )
        .join(LedgerEntry, _is_of_entry())
        .where(col(Posting.client_id) == client_id, *_filters(client_id, wanted))
    )


def _filters(client_id: UUID, wanted: LinesWanted) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if wanted.accounts:
        filters.append(col(Posting.account).in_(wanted.accounts))
    if wanted.charge_ids:
        filters.append(col(Posting.charge_id).in_(wanted.charge_ids))
    if wanted.month is not None:
        filters.append(col(LedgerEntry.period) == wanted.month)
    if wanted.since is not None:
        filters.append(col(LedgerEntry.effective_date) >= wanted.since)
    if wanted.until is not None:
        filters.append(col(LedgerEntry.effective_date) <= wanted.until)
    if wanted.alike is not None:
        filters += _of_sub_ledger(client_id, wanted.alike)
    return filters


def _of_sub_ledger(client_id: UUID, posting_id: UUID) -> Iterator[ColumnElement[bool]]:
    """Yield what the account and the sub-ledger of a posting are compared with."""
    for column in (col(Posting.account), col(Posting.reference)):
        named = select_columns(column).where(
            col(Posting.client_id) == client_id, col(Posting.id) == posting_id
        )
        yield column.in_(named.correlate(None))


def _line(row: Any) -> LedgerLine:
    values = list(row)
    values[8] = Account(values[8])  # the database knows plain texts
    return LedgerLine(*values)


def _is_of_entry() -> ColumnElement[bool]:
    return and_(
        col(Posting.client_id) == col(LedgerEntry.client_id),
        col(Posting.ledger_entry_id) == col(LedgerEntry.id),
    )
