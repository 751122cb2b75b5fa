"""Close one month of a practice's books."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.documents.act import Act
from models.documents.books import ClosedMonth
from models.errors import RejectedError
from models.values.months import next_month, to_month_text
from revcycle.operations.verify.money import check_money
from revcycle.store import periods
from revcycle.store.audit import record_act


@dataclass(frozen=True, slots=True)
class PeriodClosing:
    """What came of closing.

    Attributes:
        was_closed: Whether somebody had closed the month before; nothing was changed then.
    """

    month: date
    was_closed: bool


def close_period(session: Session, act: Act, month: date) -> PeriodClosing:
    """Close a month, named by its first day; a second time changes nothing.

    Afterwards nothing counts in it any more: what is booked late, counts in the earliest open
    month under its own effective date. There is no way back.

    Raises:
        RejectedError: the month is not over at the practice, an earlier one is still open,
            nothing was ever booked, or an invariant of money does not hold.
    """
    client_id = act.client_id
    periods.lock_books(session, client_id)
    closed = periods.list_closed_months(session, client_id)
    if any(one.month == month for one in closed):
        return PeriodClosing(month, was_closed=True)
    _require_turn(session, act, month, closed)
    _require_sound_books(session, act)
    lines = periods.trial_of_month(session, client_id, month)
    period_id = periods.insert_closed_month(session, client_id, act, month, lines)
    record_act(session, client_id, act, "close_period", "accounting_period", period_id)
    return PeriodClosing(month, was_closed=False)


def find_month_to_close(
    session: Session, act: Act, closed: list[ClosedMonth] | None = None
) -> date | None:
    """Find the earliest open month, over or not; None in books without an entry."""
    if closed is None:
        closed = periods.list_closed_months(session, act.client_id)
    if closed:
        return next_month(closed[-1].month)
    booked = periods.find_months_of_entries(session, act.client_id)
    return booked[0] if booked else None


def _require_turn(session: Session, act: Act, month: date, closed: list[ClosedMonth]) -> None:
    turn = find_month_to_close(session, act, closed)
    if turn is None:
        msg = "nothing is booked yet, so there is no month to close"
        raise RejectedError(msg)
    if month != turn:
        msg = f"months are closed in order; the next one is {to_month_text(turn)}"
        raise RejectedError(msg)
    if act.today < next_month(month):
        msg = f"{to_month_text(month)} is not over yet"
        raise RejectedError(msg)


def _require_sound_books(session: Session, act: Act) -> None:
    broken = [
        f"{result.id} ({len(result.violations)})"
        for result in check_money(session, act.client_id)
        if result.violations
    ]
    if broken:
        msg = f"the books do not hold: {', '.join(broken)}; see revcycle verify"
        raise RejectedError(msg)
