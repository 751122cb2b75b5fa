"""Picture the trial balance of one month of a practice."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.books import TrialPicture
from models.values.months import month_of, next_month
from revcycle.store import periods


def picture_trial(
    session: Session, client_id: UUID, month: date | None, *, today: date
) -> TrialPicture:
    """Show every account of one month: opening, movement, closing.

    Args:
        session: The open transaction; nothing is written.
        client_id: The practice.
        month: Its first day; None is the present month.
        today: The practice's day.
    """
    month = month or month_of(today)
    closed = {one.month: one for one in periods.list_closed_months(session, client_id)}
    lines = tuple(periods.trial_of_month(session, client_id, month))
    months = _months(session, client_id, month, today)
    return TrialPicture(month, closed.get(month), lines, months)


def _months(session: Session, client_id: UUID, month: date, today: date) -> tuple[date, ...]:
    booked = periods.find_months_of_entries(session, client_id) or (month, month)
    first, last = min(booked[0], month_of(today)), max(booked[1], month_of(today))
    found = [first]
    while found[-1] < last:
        found.append(next_month(found[-1]))
    return tuple(reversed(found))
