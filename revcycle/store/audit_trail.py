"""Who did what, when, to what, with which outcome: the trails of practices, the newest first.

Two tables hold it: acts of people and programs, and the moves of records.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col

import models.tables  # noqa: F401 - registers all tables
from models.tables import AuditEvent, StateChange
from revcycle.store.practice_days import Period, is_within, spans_of

BETWEEN: Final = ":"  # of a record and what happened to it, such as claim:deny
# Every record that moves; naming them lets the index by noun and instant be used.
NOUNS: Final = tuple(
    sorted(
        table.name
        for table in SQLModel.metadata.tables.values()
        if {"client_id", "state"} <= set(table.columns.keys())
    )
)


@dataclass(frozen=True, slots=True)
class TrailWanted:
    """Which lines of a trail are asked for; empty parts narrow nothing.

    Attributes:
        action: As a line shows it.
        subject_id: The record, or the person, that it was done to.
    """

    period: Period
    actor: str = ""
    action: str = ""
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TrailPlace:
    """Where a page begins: after this line."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One thing that somebody did. Ids and codes only; ``client_id`` is None of people's trail."""

    client_id: UUID | None
    id: UUID
    at: datetime
    actor: str
    action: str
    subject_kind: str
    subject_id: UUID | None
    outcome: str

    @property
    def place(self) -> TrailPlace:
        """Where the page after this line begins."""
        return TrailPlace(self.at, self.id)


def list_trail(
    session: Session,
    client_ids: Collection[UUID],
    wanted: TrailWanted,
    *,
    after: TrailPlace | None,
    limit: int,
) -> list[TrailLine]:
    """List acts and moves together, from the one after ``after`` on."""
    lines = [
        *_list_acts(session, client_ids, wanted, after, limit),
        *_list_moves(session, client_ids, wanted, after, limit),
    ]
    return sorted(lines, key=lambda line: (line.at, line.id), reverse=True)[:limit]


def is_before(instant: Any, row_id: Any, place: TrailPlace) -> ColumnElement[bool]:
    """Say that a line comes after a place of a list that begins with the newest."""
    return or_(instant < place.at, and_(instant == place.at, row_id < place.id))


def _list_acts(
    session: Session,
    client_ids: Collection[UUID],
    wanted: TrailWanted,
    after: TrailPlace | None,
    limit: int,
) -> list[TrailLine]:
    event = AuditEvent
    statement: Select[*tuple[Any, ...]] = select_columns(
        col(event.client_id),
        col(event.id),
        col(event.at),
        col(event.actor),
        col(event.action),
        col(event.subject_kind),
        col(event.subject_id),
        col(event.outcome),
    )
    conditions = _conditions(session, client_ids, event, col(event.action), wanted, after)
    rows = session.execute(_newest(statement.where(*conditions), event, limit))
    return [TrailLine(*row) for row in rows]


def _list_moves(
    session: Session,
    client_ids: Collection[UUID],
    wanted: TrailWanted,
    after: TrailPlace | None,
    limit: int,
) -> list[TrailLine]:
    change = StateChange
    action = col(change.noun) + BETWEEN + col(change.event)
    statement: Select[*tuple[Any, ...]] = select_columns(
        col(change.client_id),
        col(change.id),
        col(change.at),
        col(change.actor),
        action,
        col(change.noun),
        col(change.subject_id),
        col(change.from_state),
        col(change.to_state),
    )
    conditions = _conditions(session, client_ids, change, action, wanted, after)
    conditions.append(col(change.noun).in_(NOUNS))
    rows = session.execute(_newest(statement.where(*conditions), change, limit))
    return [
        TrailLine(
            client_id=row[0],
            id=row[1],
            at=row[2],
            actor=row[3],
            action=row[4],
            subject_kind=row[5],
            subject_id=row[6],
            outcome=_move_text(row[7], row[8]),
        )
        for row in rows
    ]


def _conditions(
    session: Session,
    client_ids: Collection[UUID],
    table: Any,
    action: Any,
    wanted: TrailWanted,
    after: TrailPlace | None,
) -> list[ColumnElement[bool]]:
    spans = spans_of(session, client_ids, [wanted.period])
    conditions = is_within(spans, table.client_id, table.at, client_ids)
    if wanted.actor:
        conditions.append(table.actor == wanted.actor)
    if wanted.action:
        conditions.append(action == wanted.action)
    if wanted.subject_id is not None:
        conditions.append(table.subject_id == wanted.subject_id)
    if after is not None:
        conditions.append(is_before(table.at, table.id, after))
    return conditions


def _newest(statement: Any, table: Any, limit: int) -> Any:
    return statement.order_by(table.at.desc(), table.id.desc()).limit(limit)


def _move_text(before: str, after: str) -> str:
    return f"{before} to {after}" if before else after
