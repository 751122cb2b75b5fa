"""How much work waits, is done in time, and by whom: the figures of the managers' board.

Each figure is the number of rows that a list of the same name shows, see ``board_lists``.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, TextClause, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.work_item import Queue, WorkItemState
from models.tables import WorkItem
from models.tables.work_item import (
    IS_ASSIGNED,
    IS_ESCALATED,
    IS_HELD,
    IS_SNOOZED,
    IS_WAITING,
)
from revcycle.store.practice_days import Period, is_within, spans_of

IS_DONE: Final = col(WorkItem.state) == WorkItemState.DONE
IS_CANCELLED: Final = col(WorkItem.state) == WorkItemState.CANCELLED
IS_IN_TIME: Final = col(WorkItem.closed_at) <= col(WorkItem.due_at)


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """What is open in one queue of one practice.

    Attributes:
        waiting: Open and not put off, also what somebody holds or what is escalated.
        overdue: Those of them past their due time.
        taken: Open items that somebody holds.
        oldest_at: When the oldest that waits was opened; None when all are put off.
    """

    client_id: UUID
    queue: Queue
    waiting: int
    overdue: int
    taken: int
    snoozed: int
    escalated: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClosedCount:
    """What was closed in one queue of one practice on one day.

    Attributes:
        done: Finished by somebody or by what was waited for.
        in_time: Those of them within their due time.
        cancelled: Closed because the cause went away.
    """

    client_id: UUID
    queue: Queue
    day: date
    done: int
    in_time: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class HandsCount:
    """What one person has done and has before them. ``done`` is of a period."""

    login: str
    done: int
    held: int
    assigned: int


def count_waiting(
    session: Session, client_ids: Collection[UUID], at: datetime
) -> list[WaitingCount]:
    """Count open items by practice and queue; what is empty is left out."""
    waiting = _count_awake(session, client_ids, at)
    taken = _count_few(session, client_ids, IS_HELD)
    snoozed = _count_few(session, client_ids, IS_SNOOZED)
    escalated = _count_few(session, client_ids, IS_ESCALATED)
    return [
        WaitingCount(
            *place,
            waiting=awake.waiting,
            overdue=awake.overdue,
            taken=taken[place],
            snoozed=snoozed[place],
            escalated=escalated[place],
            oldest_at=awake.oldest_at,
        )
        for place, awake in {**dict.fromkeys(snoozed, NOTHING), **waiting}.items()
    ]


def count_closed(
    session: Session, client_ids: Collection[UUID], period: Period
) -> list[ClosedCount]:
    """Count what was closed in a period, by practice, queue and day."""
    item = WorkItem
    spans = spans_of(session, client_ids, period.each_day())
    place = (col(item.client_id), col(item.queue), spans.c.day)
    statement: Select[*tuple[Any, ...]] = (
        select_columns(
            *place,
            func.count().filter(IS_DONE),
            func.count().filter(IS_DONE, IS_IN_TIME),
            func.count().filter(IS_CANCELLED),
        )
        .where(*is_within(spans, col(item.client_id), col(item.closed_at), client_ids))
        .group_by(*place)
    )
    return [
        ClosedCount(row[0], Queue(row[1]), date.fromisoformat(row[2]), *row[3:])
        for row in session.execute(statement)
    ]


def count_opened_by_day(
    session: Session, client_ids: Collection[UUID], period: Period
) -> dict[date, int]:
    """Count what was opened on each day; days with nothing are left out."""
    spans = spans_of(session, client_ids, period.each_day())
    statement = (
        select_columns(spans.c.day, func.count())
        .where(*is_within(spans, col(WorkItem.client_id), col(WorkItem.opened_at), client_ids))
        .group_by(spans.c.day)
    )
    return {date.fromisoformat(day): count for day, count in session.execute(statement)}


def count_hands(
    session: Session, client_ids: Collection[UUID], period: Period
) -> dict[str, HandsCount]:
    """Count by login what was done in a period, and what is held and assigned now."""
    item = WorkItem
    done = _by_login(
        session, client_ids, col(item.closed_by), IS_DONE, spans=(period, col(item.closed_at))
    )
    held = _by_login(session, client_ids, col(item.lease_holder), IS_HELD)
    assigned = _by_login(session, client_ids, col(item.assignee), IS_ASSIGNED)
    return {
        login: HandsCount(login, done.get(login, 0), held.get(login, 0), assigned.get(login, 0))
        for login in {*done, *held, *assigned}
    }


@dataclass(frozen=True, slots=True)
class _Awake:
    waiting: int
    overdue: int
    oldest_at: datetime | None


NOTHING: Final = _Awake(0, 0, None)


def _count_awake(
    session: Session, client_ids: Collection[UUID], at: datetime
) -> dict[tuple[UUID, Queue], _Awake]:
    item = WorkItem
    statement = (
        select_columns(
            col(item.client_id),
            col(item.queue),
            func.count(),
            func.count().filter(col(item.due_at) < at),
            func.min(item.opened_at),
        )
        .where(col(item.client_id).in_(client_ids), IS_WAITING)
        .group_by(col(item.client_id), col(item.queue))
    )
    return {(row[0], Queue(row[1])): _Awake(*row[2:]) for row in session.execute(statement)}


def _count_few(
    session: Session, client_ids: Collection[UUID], condition: TextClause
) -> Counter[tuple[UUID, Queue]]:
    """Count what is rare among open items and has an index of its own."""
    statement = select_columns(col(WorkItem.client_id), col(WorkItem.queue)).where(
        of_clients(client_ids), condition
    )
    return Counter((row[0], Queue(row[1])) for row in session.execute(statement))


def of_clients(client_ids: Collection[UUID]) -> ColumnElement[bool]:
    """Say whose rows, so that SQLite reads the index of the rare condition and not of practices."""
    return func.coalesce(WorkItem.client_id, WorkItem.client_id).in_(client_ids)


def _by_login(
    session: Session,
    client_ids: Collection[UUID],
    login: Any,
    *conditions: Any,
    spans: tuple[Period, Any] | None = None,
) -> dict[str, int]:
    statement = select_columns(login, func.count()).where(of_clients(client_ids), *conditions)
    if spans is not None:
        table = spans_of(session, client_ids, [spans[0]])
        statement = statement.where(
            *is_within(table, col(WorkItem.client_id), spans[1], client_ids)
        )
    rows = session.execute(statement.group_by(login)).all()
    return {name: count for name, count in rows if name}
