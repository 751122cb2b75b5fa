"""The one way a stored record changes state: through its table, with a trace."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, SQLModel, select

from models.documents.act import Act
from models.states.transition import follow
from models.tables import StateChange
from revcycle.store.bulk_rows import insert_rows

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)
Row = Mapping[str, Any]
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


def move_all(
    session: Session,
    client_id: UUID,
    act: Act,
    moves: Iterable[tuple[Any, Event]],
    table: Mapping[tuple[State, Event], State],
) -> None:
    """Follow an event for each of many rows and record the moves in one statement.

    Raises:
        IllegalTransitionError: a record is in a state where this may not happen.
    """
    changes = []
    for row, event in moves:
        before = row.state
        row.state = follow(table, before, event)
        changes.append(_change(client_id, act, row, event, str(before)))
    insert_rows(session, client_id, StateChange, changes)


def record_creations(
    session: Session, client_id: UUID, act: Act, table: type[SQLModel], rows: Sequence[Row]
) -> None:
    """Insert new rows of a table with a ``state``, each with the first entry of its history."""
    insert_rows(session, client_id, table, rows)
    noun = str(table.__tablename__)
    changes = [_fact(client_id, act, noun, row["id"], CREATED, "", row["state"]) for row in rows]
    insert_rows(session, client_id, StateChange, changes)


def count_moves(session: Session, client_id: UUID) -> int:
    """Count everything that ever moved at a practice; the same number means that nothing did."""
    statement = select(func.count()).where(StateChange.client_id == client_id)
    return session.exec(statement).one()


def _record(session: Session, client_id: UUID, act: Act, row: Any, event: str, before: str) -> None:
    session.add(StateChange(**_change(client_id, act, row, event, before)))


def _change(client_id: UUID, act: Act, row: Any, event: str, before: str) -> dict[str, Any]:
    return _fact(client_id, act, str(row.__tablename__), row.id, event, before, row.state)


def _fact(
    client_id: UUID, act: Act, noun: str, subject_id: UUID, event: str, before: str, after: str
) -> dict[str, Any]:
    return {
        "client_id": client_id,
        "noun": noun,
        "subject_id": subject_id,
        "event": str(event),
        "from_state": before,
        "to_state": str(after),
        "at": act.at,
        "actor": act.actor,
    }
