"""Queries that put a work item into one person's hands, and take it back.

A lease has a token that rises each time the item changes hands. Whoever comes with an old token
changes nothing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, ScalarSelect, and_, func, literal, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.work import Worker
from models.states.work_item import Queue
from models.tables import StaffAssignment, WorkItem
from models.tables.work_item import IS_ASSIGNED, IS_ESCALATED, IS_HELD, IS_IN_POOL, IS_SNOOZED

LEASE_MINUTES: Final = 10
POOL_COUNT_MAX: Final = 1_000
URGENCY: Final = (col(WorkItem.priority), col(WorkItem.due_at), col(WorkItem.id))
IS_AVAILABLE: Final = col(WorkItem.lease_holder).is_(None) & col(WorkItem.snoozed_until).is_(None)


def lease_next_work_item(
    session: Session, client_id: UUID, queue: Queue, *, holder: str, at: datetime
) -> WorkItem | None:
    """Lease the most urgent item in the pool of a queue to ``holder``; None when it is empty.

    One statement; on PostgreSQL rows that others are taking are skipped.
    """
    free = (
        select(WorkItem.id)
        .where(WorkItem.client_id == client_id, WorkItem.queue == queue, IS_IN_POOL)
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


def list_held_items(
    session: Session, client_ids: Collection[UUID], holder: str
) -> Sequence[WorkItem]:
    """List the items that a person has taken and still holds, the last taken first."""
    return session.exec(
        select(WorkItem)
        .where(col(WorkItem.client_id).in_(client_ids), IS_HELD, WorkItem.lease_holder == holder)
        .order_by(col(WorkItem.lease_expires_at).desc(), col(WorkItem.id))
    ).all()


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
) -> WorkItem | None:
    """Find the most urgent item that a person may take now; nothing is locked yet.

    It is assigned to the person, or free in a queue that the person is assigned to, or escalated
    where the person leads.
    """
    found = [
        item
        for item in (
            _best(session, client_ids, queues, and_(IS_ASSIGNED, _is_for(worker.login))),
            _best_of_pools(session, client_ids, worker, queues),
            _best(session, client_ids, queues, and_(IS_ESCALATED)) if worker.is_lead else None,
        )
        if item is not None
    ]
    return min(found, key=lambda item: (item.priority, item.due_at, item.id), default=None)


def has_overdue_hands(session: Session, client_ids: Collection[UUID], at: datetime) -> bool:
    """Tell whether a lease ran out, or an item that was put off is due: one look for both."""
    over = select_columns(literal(1)).where(
        col(WorkItem.client_id).in_(client_ids), IS_HELD, col(WorkItem.lease_expires_at) < at
    )
    awake = select_columns(literal(1)).where(
        col(WorkItem.client_id).in_(client_ids), IS_SNOOZED, col(WorkItem.snoozed_until) <= at
    )
    return bool(session.execute(select_columns(or_(over.exists(), awake.exists()))).scalar())


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
    session: Session,
    client_ids: Collection[UUID],
    queues: Collection[Queue],
    condition: ColumnElement[bool],
) -> WorkItem | None:
    return session.exec(
        select(WorkItem)
        .where(
            col(WorkItem.client_id).in_(client_ids),
            col(WorkItem.queue).in_(queues),
            IS_AVAILABLE,
            condition,
        )
        .order_by(*URGENCY)
        .limit(1)
    ).first()


def _best_of_pools(
    session: Session, client_ids: Collection[UUID], worker: Worker, queues: Collection[Queue]
) -> WorkItem | None:
    """Look at the head of every pool the person is assigned to: one probe of the index each."""
    head = (
        select_columns(col(WorkItem.id))
        .where(
            col(WorkItem.client_id) == StaffAssignment.client_id,
            col(WorkItem.queue) == StaffAssignment.queue,
            IS_IN_POOL,
        )
        .order_by(*URGENCY)
        .limit(1)
        .correlate(StaffAssignment)
        .scalar_subquery()
    )
    heads = select_columns(col(StaffAssignment.client_id), head.label("head")).where(
        col(StaffAssignment.staff_member_id) == worker.staff_member_id,
        col(StaffAssignment.client_id).in_(client_ids),
        col(StaffAssignment.queue).in_(queues),
    )
    # In two steps: joined in one, PostgreSQL reads every item to find these few.
    ids = [row[1] for row in session.execute(heads) if row[1] is not None]
    return session.exec(
        select(WorkItem)
        .where(col(WorkItem.client_id).in_(client_ids), col(WorkItem.id).in_(ids))
        .order_by(*URGENCY)
        .limit(1)
    ).first()


def _rows_changed(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
