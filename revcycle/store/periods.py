"""Queries on months of the books: which are closed, and what every account did in one."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.books import ClosedMonth, TrialLine
from models.tables import AccountingPeriod, Client, LedgerEntry, PeriodTotal, Posting
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import ZERO, Money


def lock_books(session: Session, client_id: UUID) -> None:
    """Wait until nobody books for the practice, and let nobody begin before we end."""
    session.execute(select(Client.id).where(Client.id == client_id).with_for_update())


def list_closed_months(session: Session, client_id: UUID) -> list[ClosedMonth]:
    """List the closed months, the first one first."""
    statement = (
        select_columns(
            col(AccountingPeriod.id),
            col(AccountingPeriod.month),
            col(AccountingPeriod.closed_at),
            col(AccountingPeriod.closed_by),
        )
        .where(col(AccountingPeriod.client_id) == client_id)
        .order_by(col(AccountingPeriod.month))
    )
    return [ClosedMonth(*row) for row in session.execute(statement)]


def find_months_of_entries(session: Session, client_id: UUID) -> tuple[date, date] | None:
    """Find the first and the last month in which anything counts; None in empty books."""
    first, last = session.execute(
        select_columns(func.min(LedgerEntry.period), func.max(LedgerEntry.period)).where(
            col(LedgerEntry.client_id) == client_id
        )
    ).one()
    return (first, last) if first else None


def insert_closed_month(
    session: Session, client_id: UUID, act: Act, month: date, lines: Iterable[TrialLine]
) -> UUID:
    """Close a month with what every account held."""
    period = AccountingPeriod(
        client_id=client_id, month=month, closed_at=act.at, closed_by=act.actor
    )
    session.add(period)
    session.flush()
    rows = [
        {
            "client_id": client_id,
            "id": new_id(),
            "accounting_period_id": period.id,
            "account": line.account,
            "movement": line.movement,
            "balance": line.closing,
        }
        for line in lines
    ]
    if rows:
        session.execute(insert(PeriodTotal), rows)
    return period.id


def trial_of_month(session: Session, client_id: UUID, month: date) -> list[TrialLine]:
    """Say of every account what stood in it before a month and what moved in it, by account.

    What was closed before is not added up again: its verified totals are where the sum begins.
    """
    begins = _last_closed_before(session, client_id, month)
    sums = {
        account: (balance, ZERO)
        for account, balance in _balances_at(session, client_id, begins).items()
    }
    for account, before, within in _moved(session, client_id, begins, month):
        opening, _ = sums.get(account, (ZERO, ZERO))
        sums[account] = (opening + before, within)
    return [TrialLine(account, *sums[account]) for account in Account if account in sums]


def movements_by_month(
    session: Session, client_id: UUID, until: date
) -> dict[tuple[date, Account], Money]:
    """Add up what each account did in each month up to one, from every entry."""
    statement = (
        select_columns(col(LedgerEntry.period), col(Posting.account), func.sum(Posting.amount))
        .join(Posting, _is_of_entry())
        .where(
            col(LedgerEntry.client_id) == client_id,
            col(Posting.client_id) == client_id,
            col(LedgerEntry.period) <= until,
        )
        .group_by(col(LedgerEntry.period), col(Posting.account))
    )
    return {(month, Account(name)): amount for month, name, amount in session.execute(statement)}


def closing_totals(session: Session, client_id: UUID) -> dict[tuple[date, Account], TrialLine]:
    """Read the figures with which months were closed."""
    statement = (
        select_columns(
            col(AccountingPeriod.month),
            col(PeriodTotal.account),
            col(PeriodTotal.balance),
            col(PeriodTotal.movement),
        )
        .join(
            AccountingPeriod,
            (col(AccountingPeriod.client_id) == client_id)
            & (col(AccountingPeriod.id) == col(PeriodTotal.accounting_period_id)),
        )
        .where(col(PeriodTotal.client_id) == client_id)
    )
    return {
        (month, Account(name)): TrialLine(Account(name), balance - movement, movement)
        for month, name, balance, movement in session.execute(statement)
    }


def list_placements(session: Session, client_id: UUID) -> list[tuple[date, date]]:
    """List every pair of effective date and month of counting that the books have."""
    statement = (
        select_columns(col(LedgerEntry.effective_date), col(LedgerEntry.period))
        .where(col(LedgerEntry.client_id) == client_id)
        .distinct()
    )
    return [(effective, month) for effective, month in session.execute(statement)]


def _last_closed_before(session: Session, client_id: UUID, month: date) -> ClosedMonth | None:
    closed = [one for one in list_closed_months(session, client_id) if one.month < month]
    return closed[-1] if closed else None


def _balances_at(
    session: Session, client_id: UUID, closed: ClosedMonth | None
) -> dict[Account, Money]:
    if closed is None:
        return {}
    statement = select_columns(col(PeriodTotal.account), col(PeriodTotal.balance)).where(
        col(PeriodTotal.client_id) == client_id,
        col(PeriodTotal.accounting_period_id) == closed.id,
    )
    return {Account(name): balance for name, balance in session.execute(statement)}


def _moved(
    session: Session, client_id: UUID, begins: ClosedMonth | None, month: date
) -> list[tuple[Account, Money, Money]]:
    """Add up what moved after a closing: before the month, and within it."""
    is_within = col(LedgerEntry.period) == month
    statement = (
        select_columns(
            col(Posting.account),
            func.sum(Posting.amount).filter(~is_within),
            func.sum(Posting.amount).filter(is_within),
        )
        .join(LedgerEntry, _is_of_entry())
        .where(
            col(LedgerEntry.client_id) == client_id,
            col(Posting.client_id) == client_id,
            col(LedgerEntry.period) <= month,
        )
        .group_by(col(Posting.account))
    )
    if begins is not None:
        statement = statement.where(col(LedgerEntry.period) > begins.month)
    return [
        (Account(name), before or ZERO, within or ZERO)
        for name, before, within in session.execute(statement)
    ]


def _is_of_entry() -> ColumnElement[bool]:
    return (col(Posting.client_id) == col(LedgerEntry.client_id)) & (
        col(Posting.ledger_entry_id) == col(LedgerEntry.id)
    )
