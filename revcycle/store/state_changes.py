"""The one way a stored record changes state: through its table, with a trace."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, select

from models.documents.act import Act
from models.states.transition import follow
from models.tables import StateChange

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)
CREATED = "create"


def record_creation(session: Session, client_id: UUID, act: Act, row: Any) -> None:
    """Add a new row, of any table with a ``state``, with the first entry of its history."""
    session.add(row)
    _record(session, client_id, act, row, CREATED, "")


def move(
    session: Session,
    client_id: UUID,
    act: Act,
    row: Any,
    table: Mapping[tuple[State, Event], State],
    event: Event,
) -> None:
    """Follow ``event`` and record the move.

    Raises:
        IllegalTransitionError: the record is in a state where this may not happen.
    """
    before = row.state
    row.state = follow(table, before, event)
    _record(session, client_id, act, row, event, str(before))


def count_moves(session: Session, client_id: UUID) -> int:
    """Count everything that ever moved at a practice; the same number means that nothing did."""
    statement = select(func.count()).where(StateChange.client_id == client_id)
    return session.exec(statement).one()


def _record(session: Session, client_id: UUID, act: Act, row: Any, event: str, before: str) -> None:
    session.add(
        StateChange(
            client_id=client_id,
            noun=str(row.__tablename__),
            subject_id=row.id,
            event=event,
            from_state=before,
            to_state=str(row.state),
            at=act.at,
            actor=act.actor,
        )
    )
