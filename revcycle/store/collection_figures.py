"""What is owed, charged and paid at practices, for days in A/R and rates, and the rows behind it.

Everything is told by when it was recorded, as of the end of a day of each practice; only the
services of the net collection rate are told by their date.
"""

from collections.abc import Collection as Several
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.tables import AccountingPeriod, Charge, Client, LedgerEntry, PeriodTotal, Posting
from models.values.accounts import RECEIVABLES, Account
from models.values.money import ZERO, Money
from revcycle.rules.ledger.figures import PAID_BY_PATIENT, PAID_BY_PAYERS, REDUCED
from revcycle.rules.reports.collection import (
    RECENT_DAYS,
    Collection,
    matured_days,
    recent_first,
)
from revcycle.store.money_figures import PostingRow, is_of_entry
from revcycle.store.practice_days import FOREVER, Period, is_within, since, spans_of

CREDITS: Final = (Account.PATIENT_CREDIT, Account.INSURANCE_CREDIT)
STANDING: Final = (*RECEIVABLES, *CREDITS)
PAID: Final = (*PAID_BY_PAYERS, *PAID_BY_PATIENT)
Sums = dict[UUID, dict[Account, Money]]


class BookFigure(StrEnum):
    """Which postings a figure adds up. The value stands in the address."""

    CREDITS = "credits"  # ever recorded
    CHARGED = "charged"  # recorded in the recent days
    PAID = "paid"
    MATURED_CHARGED = "matured_charged"  # about services of the matured days
    MATURED_REDUCED = "matured_reduced"
    MATURED_PAID = "matured_paid"


ACCOUNTS: Final[Mapping[BookFigure, tuple[Account, ...]]] = MappingProxyType(
    {
        BookFigure.CREDITS: CREDITS,
        BookFigure.CHARGED: (Account.CHARGES,),
        BookFigure.PAID: PAID,
        BookFigure.MATURED_CHARGED: (Account.CHARGES,),
        BookFigure.MATURED_REDUCED: REDUCED,
        BookFigure.MATURED_PAID: PAID,
    }
)
# What is owed back, and what was charged, stands in the books as a credit.
CREDITED: Final = frozenset({BookFigure.CREDITS, BookFigure.CHARGED, BookFigure.MATURED_CHARGED})
RECENT: Final = frozenset({BookFigure.CHARGED, BookFigure.PAID})


_PLACE: Final = (col(Posting.client_id), col(Posting.account))
# What accounts hold at each practice; whoever asks says of which.
_BY_ACCOUNT: Final = select_columns(*_PLACE, func.sum(Posting.amount)).group_by(*_PLACE)


@dataclass(frozen=True, slots=True)
class OwedCharge:
    """One charge of which something is owed, or a posting about none that is owed by itself."""

    client_id: UUID
    id: UUID
    encounter_id: UUID | None
    procedure_code: str
    service_date: date | None
    amount: Money


def sum_collection(
    session: Session, client_ids: Several[UUID], last: date
) -> dict[UUID, Collection]:
    """Add up by practice what days in A/R and rates are made of, at the end of a day."""
    standing = _sum_standing(session, client_ids, last)
    recent = _sum_recent(session, client_ids, last)
    matured = _sum_matured(session, client_ids, last)
    days = _count_days(session, client_ids, last)
    return {
        client_id: Collection(
            receivable=_add(standing, client_id, RECEIVABLES),
            credits=-_add(standing, client_id, CREDITS),
            recent_days=days.get(client_id, 0),
            charged=-_add(recent, client_id, ACCOUNTS[BookFigure.CHARGED]),
            paid=_add(recent, client_id, PAID),
            matured_charged=-_add(matured, client_id, ACCOUNTS[BookFigure.CHARGED]),
            matured_reduced=_add(matured, client_id, REDUCED),
            matured_paid=_add(matured, client_id, PAID),
        )
        for client_id in client_ids
    }


def list_book_figure(
    session: Session,
    client_ids: Several[UUID],
    figure: BookFigure,
    last: date,
    *,
    after: UUID | None,
    limit: int,
) -> list[PostingRow]:
    """List the postings that a figure adds up, with its sign, the last recorded first."""
    posting = Posting
    period = Period(recent_first(last), last) if figure in RECENT else _until(last)
    spans = spans_of(session, client_ids, [period])
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
        is_of_entry() if figure in RECENT else _is_of_entry(),
        col(posting.account).in_(ACCOUNTS[figure]),
        *is_within(spans, col(LedgerEntry.client_id), col(LedgerEntry.posted_at), client_ids),
        *_about(figure, last),
    )
    if after is not None:
        statement = statement.where(col(posting.id) < after)
    rows = session.execute(statement.order_by(col(posting.id).desc()).limit(limit))
    sign = -1 if figure in CREDITED else 1
    return [
        PostingRow(
            client_id=row[0],
            id=row[1],
            posted_at=row[2],
            kind=row[3],
            account=Account(row[4]),
            amount=Money(sign * row[5].cents),
            claim_id=row[6],
            remittance_id=row[7],
        )
        for row in rows
    ]


def list_owed(
    session: Session,
    client_ids: Several[UUID],
    last: date,
    *,
    after: UUID | None,
    limit: int,
) -> list[OwedCharge]:
    """List the charges of which something was owed at the end of a day, the newest first."""
    spans = spans_of(session, client_ids, [_until(last)])
    key = func.coalesce(Posting.charge_id, Posting.id)
    amount = func.sum(Posting.amount)
    owed = (
        select_columns(
            col(Posting.client_id).label("client_id"),
            key.label("id"),
            amount.label("amount"),
        )
        .where(
            _is_of_entry(),
            col(Posting.account).in_(RECEIVABLES),
            *is_within(spans, col(LedgerEntry.client_id), col(LedgerEntry.posted_at), client_ids),
            *([key < after] if after else []),
        )
        .group_by(col(Posting.client_id), key)
        .having(amount != ZERO)
        .order_by(key.desc())
        .limit(limit)
        .subquery("owed")
    )
    charge = Charge
    statement: Select[*tuple[Any, ...]] = (
        select_columns(
            owed.c.client_id,
            owed.c.id,
            col(charge.encounter_id),
            col(charge.procedure_code),
            col(charge.service_date),
            owed.c.amount,
        )
        .outerjoin(
            charge,
            and_(col(charge.client_id) == owed.c.client_id, col(charge.id) == owed.c.id),
        )
        .order_by(owed.c.id.desc())
    )
    return [
        OwedCharge(row[0], row[1], row[2], row[3] or "", *row[4:])
        for row in session.execute(statement)
    ]


def _sum_standing(session: Session, client_ids: Several[UUID], last: date) -> Sums:
    """Add up what is owed and owed back: what stands now, less what was recorded later."""
    spans = spans_of(session, client_ids, [since(last + timedelta(days=1))])
    later = _BY_ACCOUNT.where(
        is_of_entry(),
        col(Posting.account).in_(STANDING),
        *is_within(spans, col(LedgerEntry.client_id), col(LedgerEntry.posted_at), client_ids),
    )
    return _joined(_sum_now(session, client_ids), _sums(session, later), sign=-1)


def _sum_now(session: Session, client_ids: Several[UUID]) -> Sums:
    """Add up what stands now; what was closed is not added up again but taken as it was closed."""
    closed = _last_closed(session, client_ids)
    scanned = _BY_ACCOUNT.where(
        col(Posting.client_id).in_([one for one in client_ids if one not in closed]),
        col(Posting.account).in_(STANDING),
    )
    balances = select_columns(
        col(PeriodTotal.client_id), col(PeriodTotal.account), col(PeriodTotal.balance)
    ).where(
        col(PeriodTotal.client_id).in_(closed),
        col(PeriodTotal.accounting_period_id).in_(closed.values()),
        col(PeriodTotal.account).in_(STANDING),
    )
    moved = _BY_ACCOUNT.where(
        is_of_entry(),
        col(Posting.account).in_(STANDING),
        col(AccountingPeriod.client_id).in_(closed),
        col(AccountingPeriod.id).in_(closed.values()),
        col(LedgerEntry.client_id) == col(AccountingPeriod.client_id),
        col(LedgerEntry.period) > col(AccountingPeriod.month),
    )
    since_closing = _joined(_sums(session, balances), _sums(session, moved))
    return _sums(session, scanned) | since_closing


def _last_closed(session: Session, client_ids: Several[UUID]) -> dict[UUID, UUID]:
    """Find the last closed month of each practice that closed any."""
    period = AccountingPeriod
    statement = (
        select_columns(col(period.client_id), col(period.id))
        .where(col(period.client_id).in_(client_ids))
        .order_by(col(period.month))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _sum_recent(session: Session, client_ids: Several[UUID], last: date) -> Sums:
    """Add up what was recorded about charges in the recent days."""
    spans = spans_of(session, client_ids, [Period(recent_first(last), last)])
    statement = _BY_ACCOUNT.where(
        is_of_entry(),
        col(Posting.charge_id).is_not(None),
        col(Posting.account).in_((Account.CHARGES, *PAID)),
        *is_within(spans, col(LedgerEntry.client_id), col(LedgerEntry.posted_at), client_ids),
    )
    return _sums(session, statement)


def _sum_matured(session: Session, client_ids: Several[UUID], last: date) -> Sums:
    """Add up what was recorded until the end of a day about services of the matured days."""
    spans = spans_of(session, client_ids, [_until(last)])
    statement = _BY_ACCOUNT.where(
        _is_of_entry(),
        col(Posting.account).in_((Account.CHARGES, *REDUCED, *PAID)),
        *_of_services(last),
        *is_within(spans, col(Charge.client_id), col(LedgerEntry.posted_at), client_ids),
    )
    return _sums(session, statement)


def _count_days(session: Session, client_ids: Several[UUID], last: date) -> dict[UUID, int]:
    """Count the recent days of each practice since its first entry; none in empty books."""
    first = (
        select_columns(func.min(LedgerEntry.posted_at))
        .where(col(LedgerEntry.client_id) == col(Client.id))
        .correlate(Client)
        .scalar_subquery()
    )
    statement: Select[*tuple[Any, ...]] = select_columns(
        col(Client.id), col(Client.time_zone), first
    ).where(col(Client.id).in_(client_ids))
    return {
        client_id: max(0, min(RECENT_DAYS, (last - _day(began_at, zone)).days + 1))
        for client_id, zone, began_at in session.execute(statement)
        if began_at is not None
    }


def _day(at: datetime, time_zone: str) -> date:
    return at.astimezone(ZoneInfo(time_zone)).date()


def _until(last: date) -> Period:
    return Period(last - FOREVER, last)


def _about(figure: BookFigure, last: date) -> list[ColumnElement[bool]]:
    if figure is BookFigure.CREDITS:
        return []
    return [col(Posting.charge_id).is_not(None)] if figure in RECENT else _of_services(last)


def _of_services(last: date) -> list[ColumnElement[bool]]:
    """Tie postings to charges of the matured days."""
    first, until = matured_days(last)
    return [
        col(Charge.client_id) == col(Posting.client_id),
        col(Charge.id) == col(Posting.charge_id),
        col(Charge.service_date).between(first, until),
    ]


def _is_of_entry() -> ColumnElement[bool]:
    return and_(
        col(LedgerEntry.client_id) == col(Posting.client_id),
        col(LedgerEntry.id) == col(Posting.ledger_entry_id),
    )


def _joined(sums: Sums, more: Sums, *, sign: int = 1) -> Sums:
    """Add sums to sums, or take them off."""
    for client_id, moved in more.items():
        own = sums.setdefault(client_id, {})
        for account, amount in moved.items():
            own[account] = own.get(account, ZERO) + Money(sign * amount.cents)
    return sums


def _sums(session: Session, statement: Select[*tuple[Any, ...]]) -> Sums:
    sums: Sums = {}
    for client_id, account, amount in session.execute(statement):
        sums.setdefault(client_id, {})[Account(account)] = amount
    return sums


def _add(sums: Sums, client_id: UUID, accounts: tuple[Account, ...]) -> Money:
    found = sums.get(client_id, {})
    return sum((found.get(account, ZERO) for account in accounts), ZERO)
