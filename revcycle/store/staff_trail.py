"""The trail of people and sign-ins: who did what, in the transaction that does it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.staff_act import StaffAct
from models.states.transition import follow
from models.tables import StaffTrail

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


def record_staff_act(
    session: Session,
    act: StaffAct,
    action: str,
    staff_member_id: UUID | None,
    *,
    outcome: str = "done",
) -> None:
    """Write one line of the trail; codes only."""
    session.add(
        StaffTrail(
            at=act.at,
            actor=act.actor,
            action=action,
            staff_member_id=staff_member_id,
            outcome=outcome,
            address=act.address,
        )
    )


def move_staff_row(
    session: Session,
    act: StaffAct,
    row: Any,
    table: Mapping[tuple[State, Event], State],
    event: Event,
    *,
    staff_member_id: UUID,
) -> None:
    """Follow ``event`` and record the move.

    Raises:
        IllegalTransitionError: the record is in a state where this may not happen.
    """
    before = row.state
    row.state = follow(table, before, event)
    record_staff_act(
        session,
        act,
        f"{row.__tablename__}:{event}",
        staff_member_id,
        outcome=f"{before} to {row.state}",
    )


def list_staff_trail(session: Session, staff_member_id: UUID | None) -> Sequence[StaffTrail]:
    """List what happened to one person, or to nobody known, oldest first."""
    return session.exec(
        select(StaffTrail)
        .where(StaffTrail.staff_member_id == staff_member_id)
        .order_by(col(StaffTrail.at), col(StaffTrail.id))
    ).all()
