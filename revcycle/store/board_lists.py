"""The items behind the figures of the managers' board, page by page; nothing of a patient.

A list is ordered by id, which is the order in which items were opened, the newest first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, not_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.work_item import Queue
from models.tables import WorkItem
from models.tables.work_item import IS_ASSIGNED, IS_HELD, IS_WAITING
from revcycle.store.board_figures import IS_CANCELLED, IS_DONE, IS_IN_TIME, of_clients
from revcycle.store.practice_days import Period, is_within, spans_of


class ItemKind(StrEnum):
    """Which items a list shows. The value stands in the address."""

    OPENED = "opened"
    DONE = "done"
    IN_TIME = "in_time"  # done within the due time
    LATE = "late"
    CANCELLED = "cancelled"
    WAITING = "waiting"  # open and not put off
    OVERDUE = "overdue"  # waiting, and past the due time
    HELD = "held"
    ASSIGNED = "assigned"


NOW = frozenset({ItemKind.WAITING, ItemKind.OVERDUE, ItemKind.HELD, ItemKind.ASSIGNED})


@dataclass(frozen=True, slots=True)
class ItemsWanted:
    """Which items a list shows; empty parts narrow nothing.

    Attributes:
        period: In which it happened; the kinds of ``NOW`` ask for none.
        at: When it is looked at, for what is overdue.
    """

    kind: ItemKind
    period: Period
    at: datetime
    queue: Queue | None = None
    login: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item, without what may be of a patient."""

    client_id: UUID
    id: UUID
    queue: Queue
    reason: str
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    login: str
    resolution: str

    @property
    def is_late(self) -> bool:
        """Whether it was finished after it was due."""
        return self.closed_at is not None and self.closed_at > self.due_at


def list_items(
    session: Session,
    client_ids: Collection[UUID],
    wanted: ItemsWanted,
    *,
    after: UUID | None,
    limit: int,
) -> list[ItemRow]:
    """List the items that a figure counts, from the one after ``after`` on."""
    item = WorkItem
    instant, login, *conditions = _KINDS[wanted.kind]
    columns = (col(item.queue), col(item.reason), col(item.opened_at), col(item.due_at))
    statement: Select[*tuple[Any, ...]] = select_columns(
        col(item.client_id),
        col(item.id),
        *columns,
        col(item.closed_at),
        login,
        col(item.resolution),
    ).where(of_clients(client_ids), *conditions)
    if instant is not None:
        spans = spans_of(session, client_ids, [wanted.period])
        statement = statement.where(*is_within(spans, col(item.client_id), instant, client_ids))
    if wanted.kind is ItemKind.OVERDUE:
        statement = statement.where(col(item.due_at) < wanted.at)
    if wanted.queue is not None:
        statement = statement.where(col(item.queue) == wanted.queue)
    if wanted.login:
        statement = statement.where(login == wanted.login)
    if after is not None:
        statement = statement.where(col(item.id) < after)
    rows = session.execute(statement.order_by(col(item.id).desc()).limit(limit))
    return [
        ItemRow(
            client_id=row[0],
            id=row[1],
            queue=Queue(row[2]),
            reason=row[3],
            opened_at=row[4],
            due_at=row[5],
            closed_at=row[6],
            login=row[7] or "",
            resolution=row[8],
        )
        for row in rows
    ]


_CLOSED = (col(WorkItem.closed_at), col(WorkItem.closed_by))
# The instant that the period is about, who is named, and what must hold.
_KINDS: dict[ItemKind, tuple[Any, ...]] = {
    ItemKind.OPENED: (col(WorkItem.opened_at), col(WorkItem.closed_by)),
    ItemKind.DONE: (*_CLOSED, IS_DONE),
    ItemKind.IN_TIME: (*_CLOSED, IS_DONE, IS_IN_TIME),
    ItemKind.LATE: (*_CLOSED, IS_DONE, not_(IS_IN_TIME)),
    ItemKind.CANCELLED: (*_CLOSED, IS_CANCELLED),
    ItemKind.WAITING: (None, col(WorkItem.lease_holder), IS_WAITING),
    ItemKind.OVERDUE: (None, col(WorkItem.lease_holder), IS_WAITING),
    ItemKind.HELD: (None, col(WorkItem.lease_holder), IS_HELD),
    ItemKind.ASSIGNED: (None, col(WorkItem.assignee), IS_ASSIGNED),
}
