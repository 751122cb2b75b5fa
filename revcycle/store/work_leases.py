"""Queries that put a work item into one person's hands, and take it back.

A lease has a token that rises each time the item changes hands. Whoever comes with an old token
changes nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, CursorResult, ScalarSelect, or_, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, select

from models.states.work_item import Queue
from models.tables import WorkItem
from models.tables.work_item import IS_HELD, IS_IN_POOL, IS_SNOOZED
from revcycle.store.asked import AT, CLIENT_ID, ITEM_ID, LOGIN, UNTIL, Id
from revcycle.store.own_work import not_own
from revcycle.store.work_needs import within_skills
from revcycle.store.work_orders import URGENCY

LEASE_MINUTES: Final = 10


def lease_next_work_item(
    session: Session, client_id: UUID, queue: Queue, *, holder: str, at: datetime
) -> WorkItem | None:
    """Lease the most urgent item in the pool of a queue to ``holder``; None when it is empty.

    One statement; on PostgreSQL rows that others are taking are skipped.
    """
    asked = {CLIENT_ID.key: client_id, **_lease_of(holder, at)}
    return session.execute(_lease_next(CLIENT_ID, queue), asked).scalars().one_or_none()


def lease_work_item(
    session: Session, client_id: UUID, work_item_id: UUID, *, holder: str, at: datetime
) -> WorkItem | None:
    """Lease one open item that nobody holds, or whose lease is over; None when somebody does."""
    asked = {CLIENT_ID.key: client_id, ITEM_ID.key: work_item_id, **_lease_of(holder, at)}
    return session.execute(_lease_one(CLIENT_ID), asked).scalars().one_or_none()


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


@cache
def _lease_next(client_id: BindParameter[UUID], queue: Queue) -> ReturningUpdate[WorkItem]:
    free = (
        select(WorkItem.id)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.queue == queue,
            IS_IN_POOL,
            *not_own([client_id], LOGIN, [queue]),
            *within_skills(LOGIN, [queue]),
        )
        .order_by(*URGENCY)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return _lease(client_id, free.scalar_subquery())


@cache
def _lease_one(client_id: BindParameter[UUID]) -> ReturningUpdate[WorkItem]:
    free = (
        select(WorkItem.id)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.id == ITEM_ID,
            WorkItem.state == "open",
            or_(col(WorkItem.lease_holder).is_(None), col(WorkItem.lease_expires_at) < AT),
        )
        .with_for_update()
    )
    return _lease(client_id, free.scalar_subquery())


def _lease(client_id: Id, free: ScalarSelect[UUID]) -> ReturningUpdate[WorkItem]:
    return (
        update(WorkItem)
        .where(col(WorkItem.client_id) == client_id, col(WorkItem.id) == free)
        .values(lease_holder=LOGIN, lease_token=WorkItem.lease_token + 1, lease_expires_at=UNTIL)
        .returning(WorkItem)
        .execution_options(populate_existing=True, synchronize_session=False)
    )


def _lease_of(holder: str, at: datetime) -> dict[str, object]:
    return {LOGIN.key: holder, AT.key: at, UNTIL.key: at + timedelta(minutes=LEASE_MINUTES)}


def _held(client_id: UUID, work_item_id: UUID, holder: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(WorkItem.client_id) == client_id,
        col(WorkItem.id) == work_item_id,
        col(WorkItem.state) == "open",
        col(WorkItem.lease_holder) == holder,
    )


def _rows_changed(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
