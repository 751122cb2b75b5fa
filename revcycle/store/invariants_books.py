"""Queries that count what must hold of months and ages of the books. They return ids only."""

from datetime import date
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from models.documents.books import AgeBucket
from models.values.accounts import RECEIVABLES, Account
from models.values.money import ZERO, Money
from models.values.months import month_of, previous_month, to_month_text
from revcycle.store import periods
from revcycle.store.ageing import AgeingWanted, sum_by_age
from revcycle.store.invariants_money import Violations
from revcycle.store.ledger import trial_balance


def closed_months_unlike_books(session: Session, client_id: UUID) -> Violations:
    """Accounts of closed months that hold something else than when the month was closed."""
    closed = [one.month for one in periods.list_closed_months(session, client_id)]
    if not closed:
        return 0, ()
    moved = periods.movements_by_month(session, client_id, closed[-1])
    told = periods.closing_totals(session, client_id)
    balances: dict[Account, Money] = {}
    wrong = []
    for month in _all_months(closed, moved):
        for account in Account:
            movement = moved.get((month, account), ZERO)
            balances[account] = balances.get(account, ZERO) + movement
            line = told.get((month, account))
            said = (line.movement, line.closing) if line else (ZERO, ZERO)
            if said != (movement, balances[account]):
                wrong.append(f"{to_month_text(month)}:{account}")
    return len(closed), tuple(wrong)


def entries_in_wrong_month(session: Session, client_id: UUID) -> Violations:
    """Dates of entries that count in another month than their own without need."""
    closed = {one.month for one in periods.list_closed_months(session, client_id)}
    placements = periods.list_placements(session, client_id)
    wrong = [
        f"{effective.isoformat()} in {month.isoformat()}"
        for effective, month in placements
        if not _is_in_place(effective, month, closed)
    ]
    return len(placements), tuple(sorted(wrong))


def ageing_unlike_books(session: Session, client_id: UUID) -> Violations:
    """Receivable accounts whose ages do not sum to what stands in them."""
    booked = trial_balance(session, client_id)
    months = periods.find_months_of_entries(session, client_id)
    wanted = AgeingWanted(((AgeBucket.DAYS_30, months[1] if months else date.min),))
    ages = sorted(sum_by_age(session, client_id, wanted), key=lambda one: one.account)
    aged = {
        account: sum((one.amount for one in sums), ZERO)
        for account, sums in groupby(ages, key=lambda one: one.account)
    }
    held = [account for account in RECEIVABLES if account in booked]
    wrong = (one for one in held if aged.get(one, ZERO) != booked[one])
    return len(held), tuple(str(account) for account in wrong)


def _all_months(closed: list[date], moved: dict[tuple[date, Account], Money]) -> list[date]:
    """List closed months, and earlier ones that were never closed and yet hold something."""
    return sorted({*closed, *(month for month, _ in moved)})


def _is_in_place(effective: date, month: date, closed: set[date]) -> bool:
    """Tell whether an entry counts in its own month, or in the next open one after closing."""
    own = month_of(effective)
    return month == own or (month > own and month.day == 1 and previous_month(month) in closed)
