"""Queries on emergency accesses to practices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import NotFoundError
from models.states.break_glass import BreakGlassState
from models.tables import BreakGlass

TO_REVIEW = (BreakGlassState.OPEN, BreakGlassState.ENDED)


def list_to_review(session: Session) -> Sequence[BreakGlass]:
    """List what nobody has judged yet, oldest first."""
    return session.exec(
        select(BreakGlass)
        .where(col(BreakGlass.state).in_(TO_REVIEW))
        .order_by(col(BreakGlass.opened_at), col(BreakGlass.id))
    ).all()


def list_own(session: Session, staff_member_id: UUID, *, at: datetime) -> Sequence[BreakGlass]:
    """List what a person has open now."""
    return session.exec(
        select(BreakGlass)
        .where(
            BreakGlass.staff_member_id == staff_member_id,
            BreakGlass.state == BreakGlassState.OPEN,
            col(BreakGlass.ends_at) > at,
        )
        .order_by(col(BreakGlass.opened_at), col(BreakGlass.id))
    ).all()


def get_break_glass(session: Session, break_glass_id: UUID) -> BreakGlass:
    """Load and lock one emergency access.

    Raises:
        NotFoundError: there is none.
    """
    row = session.exec(
        select(BreakGlass).where(BreakGlass.id == break_glass_id).with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no emergency access {break_glass_id}"
        raise NotFoundError(msg)
    return row
