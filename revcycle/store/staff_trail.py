"""The trail of people and sign-ins: who did what, in the transaction that does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import and_, or_
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


@dataclass(frozen=True, slots=True)
class StaffTrailLine:
    """One thing that was done with a person or a sign-in."""

    id: UUID
    at: datetime
    actor: str
    action: str
    staff_member_id: UUID | None
    outcome: str


def list_staff_lines(
    session: Session,
    *,
    since: datetime,
    until: datetime,
    actor: str = "",
    action: str = "",
    staff_member_id: UUID | None = None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[StaffTrailLine]:
    """List what was done with people and sign-ins between two instants, the newest first.

    Empty parts narrow nothing; ``until`` is outside. ``after`` is the last line of the page before.
    """
    at, row_id = col(StaffTrail.at), col(StaffTrail.id)
    statement = select(StaffTrail).where(at >= since, at < until)
    if actor:
        statement = statement.where(StaffTrail.actor == actor)
    if action:
        statement = statement.where(StaffTrail.action == action)
    if staff_member_id is not None:
        statement = statement.where(StaffTrail.staff_member_id == staff_member_id)
    if after is not None:
        is_later = or_(at < after[0], and_(at == after[0], row_id < after[1]))
        statement = statement.where(is_later)
    rows = session.exec(statement.order_by(at.desc(), row_id.desc()).limit(limit)).all()
    return [
        StaffTrailLine(row.id, row.at, row.actor, row.action, row.staff_member_id, row.outcome)
        for row in rows
    ]
