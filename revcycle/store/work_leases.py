"""Queries that put a work item into one person's hands, and take it back.

A lease has a token that rises each time the item changes hands. Whoever comes with an old token
changes nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CursorResult,
    ScalarSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    union_all,
    update,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.work import Worker
from models.states.work_item import Queue
from models.tables import StaffAssignment, WorkItem
from models.tables.work_item import IS_ASSIGNED, IS_ESCALATED, IS_HELD, IS_IN_POOL, IS_SNOOZED
from revcycle.store.own_work import not_own
from revcycle.store.work_needs import within_skills

LEASE_MINUTES: Final = 10
POOL_COUNT_MAX: Final = 1_000
URGENCY: Final = (col(WorkItem.priority), col(WorkItem.due_at), col(WorkItem.id))
HEAD: Final = (
    col(WorkItem.client_id),
    col(WorkItem.id),
    col(WorkItem.queue),
    col(WorkItem.priority),
    col(WorkItem.due_at),
    col(WorkItem.assignee),
    col(WorkItem.escalated_at),
)
IS_AVAILABLE: Final = col(WorkItem.lease_holder).is_(None) & col(WorkItem.snoozed_until).is_(None)


@dataclass(frozen=True, slots=True)
class HeldItem:
    """Which item a person holds, where it waits, and the token of the lease."""

    client_id: UUID
    id: UUID
    queue: Queue
    lease_token: int


@dataclass(frozen=True, slots=True)
class BestItem:
    """What a person may be given. Out of a pool, any other head of that pool would do."""

    client_id: UUID
    id: UUID
    queue: Queue
    is_in_pool: bool


@dataclass(frozen=True, slots=True)
class Hands:
    """What a person holds, the last taken first, and whether anything is to be put back."""

    held: tuple[HeldItem, ...]
    has_overdue: bool


def lease_next_work_item(
    session: Session, client_id: UUID, queue: Queue, *, holder: str, at: datetime
) -> WorkItem | None:
    """Lease the most urgent item in the pool of a queue to ``holder``; None when it is empty.

    One statement; on PostgreSQL rows that others are taking are skipped.
    """
    free = (
        select(WorkItem.id)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.queue == queue,
            IS_IN_POOL,
            *not_own([client_id], holder, [queue]),
            *within_skills(holder, [queue]),
        )
        .order_by(*URGENCY)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return _lease(session, client_id, free.scalar_subquery(), holder=holder, at=at)


def lease_work_item(
    session: Session, client_id: UUID, work_item_id: UUID, *, holder: str, at: datetime
) -> WorkItem | None:
    """Lease one open item that nobody holds, or whose lease is over; None when somebody does."""
    free = (
        select(WorkItem.id)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.id == work_item_id,
            WorkItem.state == "open",
            or_(col(WorkItem.lease_holder).is_(None), col(WorkItem.lease_expires_at) < at),
        )
        .with_for_update()
    )
    return _lease(session, client_id, free.scalar_subquery(), holder=holder, at=at)


def renew_lease(
    session: Session, client_id: UUID, work_item_id: UUID, *, holder: str, token: int, at: datetime
) -> bool:
    """Let a lease live on; False when it is not this holder's any more."""
    statement = (
        update(WorkItem)
        .where(*_held(client_id, work_item_id, holder), col(WorkItem.lease_token) == token)
        .values(lease_expires_at=at + timedelta(minutes=LEASE_MINUTES))
    )
    return _rows_changed(session.execute(statement)) == 1


def give_back_lease(session: Session, client_id: UUID, work_item_id: UUID, *, holder: str) -> bool:
    """Free an item that this person holds; False when the person holds it no more."""
    statement = (
        update(WorkItem)
        .where(*_held(client_id, work_item_id, holder))
        .values(lease_holder=None, lease_expires_at=None, lease_token=WorkItem.lease_token + 1)
    )
    return _rows_changed(session.execute(statement)) == 1


def look_at_hands(
    session: Session, client_ids: Collection[UUID], holder: str, at: datetime
) -> Hands:
    """Look at what a person holds, and whether anything waits to be put back: one statement.

    An item is to be put back when its lease ran out, or when it was put off until now.
    """
    item = WorkItem
    what = (col(item.client_id), col(item.id), col(item.queue), col(item.lease_token))
    is_over = col(item.lease_expires_at) < at
    held = select_columns(*what, col(item.lease_expires_at), is_over).where(
        col(item.client_id).in_(client_ids),
        IS_HELD,
        or_(col(item.lease_holder) == holder, is_over),
    )
    awake = (
        select_columns(*what, col(item.snoozed_until), literal(value=True, type_=Boolean))
        .where(col(item.client_id).in_(client_ids), IS_SNOOZED, col(item.snoozed_until) <= at)
        .limit(1)
        .subquery()
    )
    found = session.execute(union_all(held, select_columns(awake))).all()
    lasting = [row for row in found if not row[5]]
    lasting.sort(key=lambda row: (row[4], row[1]), reverse=True)
    return Hands(
        held=tuple(HeldItem(row[0], row[1], Queue(row[2]), row[3]) for row in lasting),
        has_overdue=len(lasting) < len(found),
    )


def count_pool(session: Session, client_id: UUID, queue: Queue) -> int:
    """Count what waits in one pool; ``POOL_COUNT_MAX`` means that many or more."""
    pool = (
        select_columns(col(WorkItem.id))
        .where(col(WorkItem.client_id) == client_id, col(WorkItem.queue) == queue, IS_IN_POOL)
        .limit(POOL_COUNT_MAX)
        .subquery()
    )
    return int(session.execute(select_columns(func.count()).select_from(pool)).scalar_one())


def find_best_item(
    session: Session, client_ids: Collection[UUID], worker: Worker, queues: Collection[Queue]
) -> BestItem | None:
    """Find the most urgent item that a person may take now; nothing is locked yet.

    It is assigned to the person, or free in a queue that the person is assigned to, or escalated
    where the person leads. What is free asks for no skill that the person lacks.
    """
    foreign = not_own(client_ids, worker.login, queues)
    ways = [
        _best(client_ids, queues, and_(IS_ASSIGNED, _is_for(worker.login), *foreign)),
        _best_of_pools(client_ids, worker, queues),
    ]
    if worker.is_lead:
        ways.append(_best(client_ids, queues, and_(IS_ESCALATED, *foreign)))
    heads = union_all(*(select_columns(way.subquery()) for way in ways)).subquery()
    urgency = (heads.c.priority, heads.c.due_at, heads.c.id)
    row = session.execute(select_columns(heads).order_by(*urgency).limit(1)).first()
    if row is None:
        return None
    is_free = row.assignee is None and row.escalated_at is None
    return BestItem(row.client_id, row.id, Queue(row.queue), is_in_pool=is_free)


def free_expired_leases(session: Session, client_ids: Collection[UUID], at: datetime) -> int:
    """Take back leases that ran out; the token rises, so that a late holder is refused."""
    over = (
        select(WorkItem.id)
        .where(
            col(WorkItem.client_id).in_(client_ids), IS_HELD, col(WorkItem.lease_expires_at) < at
        )
        .with_for_update(skip_locked=True)
    )
    values = {"lease_holder": None, "lease_expires_at": None}
    statement = (
        update(WorkItem)
        .where(col(WorkItem.client_id).in_(client_ids), col(WorkItem.id).in_(over))
        .values(lease_token=WorkItem.lease_token + 1, **values)
    )
    return _rows_changed(session.execute(statement))


def wake_snoozed_items(session: Session, client_ids: Collection[UUID], at: datetime) -> int:
    """Put items back whose day has come; return how many."""
    due = (
        select(WorkItem.id)
        .where(
            col(WorkItem.client_id).in_(client_ids), IS_SNOOZED, col(WorkItem.snoozed_until) <= at
        )
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(WorkItem)
        .where(col(WorkItem.client_id).in_(client_ids), col(WorkItem.id).in_(due))
        .values(snoozed_until=None)
    )
    return _rows_changed(session.execute(statement))


def _lease(
    session: Session, client_id: UUID, free: ScalarSelect[UUID], *, holder: str, at: datetime
) -> WorkItem | None:
    statement = (
        update(WorkItem)
        .where(col(WorkItem.client_id) == client_id, col(WorkItem.id) == free)
        .values(
            lease_holder=holder,
            lease_token=WorkItem.lease_token + 1,
            lease_expires_at=at + timedelta(minutes=LEASE_MINUTES),
        )
        .returning(WorkItem)
        .execution_options(populate_existing=True)
    )
    return session.execute(statement).scalars().one_or_none()


def _held(client_id: UUID, work_item_id: UUID, holder: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(WorkItem.client_id) == client_id,
        col(WorkItem.id) == work_item_id,
        col(WorkItem.state) == "open",
        col(WorkItem.lease_holder) == holder,
    )


def _is_for(login: str) -> ColumnElement[bool]:
    return col(WorkItem.assignee) == login


def _best(
    client_ids: Collection[UUID], queues: Collection[Queue], condition: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(*HEAD)
        .where(
            col(WorkItem.client_id).in_(client_ids),
            col(WorkItem.queue).in_(queues),
            IS_AVAILABLE,
            condition,
        )
        .order_by(*URGENCY)
        .limit(1)
    )


def _best_of_pools(
    client_ids: Collection[UUID], worker: Worker, queues: Collection[Queue]
) -> Select[*tuple[Any, ...]]:
    """Look at the head of every pool the person is assigned to: one probe of the index each."""
    head = (
        select_columns(col(WorkItem.id))
        .where(
            col(WorkItem.client_id) == StaffAssignment.client_id,
            col(WorkItem.queue) == StaffAssignment.queue,
            IS_IN_POOL,
            *not_own(client_ids, worker.login, queues),
            *within_skills(worker.login, queues),
        )
        .order_by(*URGENCY)
        .limit(1)
        .correlate(StaffAssignment)
        .scalar_subquery()
    )
    heads = (
        select_columns(col(StaffAssignment.client_id), head.label("head"))
        .where(
            col(StaffAssignment.staff_member_id) == worker.staff_member_id,
            col(StaffAssignment.client_id).in_(client_ids),
            col(StaffAssignment.queue).in_(queues),
        )
        .cte("heads")
        # Joined to it as it is, PostgreSQL reads every item to find these few.
        .prefix_with("MATERIALIZED")
    )
    return (
        select_columns(*HEAD)
        .join(
            heads,
            and_(col(WorkItem.client_id) == heads.c.client_id, col(WorkItem.id) == heads.c.head),
        )
        .where(col(WorkItem.client_id).in_(client_ids))
        .order_by(*URGENCY)
        .limit(1)
    )


def _rows_changed(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
