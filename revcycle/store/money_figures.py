"""Money that came in by day, and denials by cause: sums over the books and the rows behind them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.denial import DenialState
from models.tables import Denial, LedgerEntry, Posting, StateChange
from models.values.accounts import Account
from models.values.money import Money
from revcycle.store.practice_days import Period, is_within, spans_of
from revcycle.store.state_changes import CREATED
from revcycle.store.statements import PAID_BY_INSURANCE, PAID_BY_PATIENT


class Payers(StrEnum):
    """Who paid. The value stands in the address."""

    INSURANCE = "insurance"
    PATIENT = "patient"


ACCOUNTS_OF_PAYERS: Final = {
    Payers.INSURANCE: PAID_BY_INSURANCE,
    Payers.PATIENT: PAID_BY_PATIENT,
}


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One posting of money that came in."""

    client_id: UUID
    id: UUID
    posted_at: datetime
    kind: str
    account: Account
    amount: Money
    claim_id: UUID | None
    remittance_id: UUID | None


@dataclass(frozen=True, slots=True)
class DenialCause:
    """Why payers denied: our category, the payer's group and reason code."""

    category: str
    group: str
    reason: str


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How often and about how much a cause was given."""

    cause: DenialCause
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class DenialRow:
    """One denial of a list."""

    client_id: UUID
    id: UUID
    claim_id: UUID
    cause: DenialCause
    amount: Money
    due_on: date
    state: DenialState
    denied_at: datetime


def sum_money_by_day(
    session: Session, client_ids: Collection[UUID], period: Period
) -> dict[Payers, dict[date, Money]]:
    """Add up by day what was posted to charges as paid; a take-back lowers its day.

    The same accounts count as in the practice's daily report, and only what is about a charge.
    """
    spans = spans_of(session, client_ids, period.each_day())
    sums: dict[Payers, dict[date, Money]] = {}
    for payers in Payers:
        statement = (
            select_columns(spans.c.day, func.sum(Posting.amount))
            .where(
                *_is_paid(payers),
                *is_within(
                    spans, col(LedgerEntry.client_id), col(LedgerEntry.posted_at), client_ids
                ),
            )
            .group_by(spans.c.day)
        )
        rows = session.execute(statement)
        sums[payers] = {date.fromisoformat(day): amount for day, amount in rows}
    return sums


def list_money(
    session: Session,
    client_ids: Collection[UUID],
    payers: Payers | None,
    period: Period,
    *,
    after: UUID | None,
    limit: int,
) -> list[PostingRow]:
    """List the postings that a sum of money adds up, of all payers without ``payers``."""
    spans = spans_of(session, client_ids, [period])
    posting = Posting
    statement: Select[*tuple[Any, ...]] = select_columns(
        col(posting.client_id),
        col(posting.id),
        col(LedgerEntry.posted_at),
        col(LedgerEntry.kind),
        col(posting.account),
        col(posting.amount),
        col(posting.claim_id),
        col(posting.remittance_id),
    ).where(
        *_is_paid(payers),
        *is_within(spans, col(LedgerEntry.client_id), col(LedgerEntry.posted_at), client_ids),
    )
    if after is not None:
        statement = statement.where(col(posting.id) < after)
    rows = session.execute(statement.order_by(col(posting.id).desc()).limit(limit))
    return [PostingRow(row[0], row[1], row[2], row[3], Account(row[4]), *row[5:]) for row in rows]


def count_denials_by_cause(
    session: Session, client_ids: Collection[UUID], period: Period
) -> list[CauseCount]:
    """Count the denials that arrived in a period by their cause, the most money first."""
    spans = spans_of(session, client_ids, [period])
    cause = (col(Denial.category), col(Denial.group), col(Denial.reason))
    statement = (
        select_columns(*cause, func.count(), func.sum(Denial.amount))
        .where(
            _is_of_denial(),
            *is_within(spans, col(StateChange.client_id), col(StateChange.at), client_ids),
        )
        .group_by(*cause)
        .order_by(func.sum(Denial.amount).desc(), *cause)
    )
    return [CauseCount(DenialCause(*row[:3]), row[3], row[4]) for row in session.execute(statement)]


def list_denials(
    session: Session,
    client_ids: Collection[UUID],
    cause: DenialCause | None,
    period: Period,
    *,
    after: UUID | None,
    limit: int,
) -> list[DenialRow]:
    """List the denials that arrived in a period, of one cause or of all, the last first."""
    spans = spans_of(session, client_ids, [period])
    denial = Denial
    statement: Select[*tuple[Any, ...]] = select_columns(
        col(denial.client_id),
        col(denial.id),
        col(denial.claim_id),
        col(denial.category),
        col(denial.group),
        col(denial.reason),
        col(denial.amount),
        col(denial.due_on),
        col(denial.state),
        col(StateChange.at),
    ).where(
        _is_of_denial(),
        *is_within(spans, col(StateChange.client_id), col(StateChange.at), client_ids),
    )
    if cause is not None:
        statement = statement.where(
            col(denial.category) == cause.category,
            col(denial.group) == cause.group,
            col(denial.reason) == cause.reason,
        )
    if after is not None:
        statement = statement.where(col(denial.id) < after)
    rows = session.execute(statement.order_by(col(denial.id).desc()).limit(limit))
    return [
        DenialRow(
            client_id=row[0],
            id=row[1],
            claim_id=row[2],
            cause=DenialCause(*row[3:6]),
            amount=row[6],
            due_on=row[7],
            state=DenialState(row[8]),
            denied_at=row[9],
        )
        for row in rows
    ]


def _is_paid(payers: Payers | None) -> list[ColumnElement[bool]]:
    accounts = ACCOUNTS_OF_PAYERS[payers] if payers else (*PAID_BY_INSURANCE, *PAID_BY_PATIENT)
    return [
        is_of_entry(),
        col(Posting.charge_id).is_not(None),
        col(Posting.account).in_(accounts),
    ]


def is_of_entry() -> ColumnElement[bool]:
    """Tie postings to entries that are found first, so that SQLite looks each up by its entry.

    Left to itself it reads all postings of a practice again for every entry.
    """
    practice = func.coalesce(Posting.client_id, Posting.client_id)
    return and_(
        practice == col(LedgerEntry.client_id),
        col(Posting.ledger_entry_id) == col(LedgerEntry.id),
    )


def _is_of_denial() -> ColumnElement[bool]:
    """Tie a denial to the moment at which it arrived."""
    change = StateChange
    return and_(
        col(change.noun) == "denial",
        col(change.event) == CREATED,
        col(Denial.client_id) == col(change.client_id),
        col(Denial.id) == col(change.subject_id),
    )
