"""Queries that look at what a person holds, and for what the person may be given next.

Nothing is locked or changed here: who takes what was found may find that somebody else did. Each
statement is built once for each shape of question.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    union_all,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.work import Worker
from models.states.work_item import Queue
from models.tables import StaffAssignment, WorkItem
from models.tables.work_item import IS_ASSIGNED, IS_ESCALATED, IS_HELD, IS_IN_POOL, IS_SNOOZED
from revcycle.store.asked import AT, CLIENT_IDS, LOGIN, STAFF_MEMBER_ID, Ids, Login
from revcycle.store.own_work import not_own
from revcycle.store.work_needs import within_skills
from revcycle.store.work_orders import URGENCY

POOL_COUNT_MAX: Final = 1_000
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


def look_at_hands(
    session: Session, client_ids: Collection[UUID], holder: str, at: datetime
) -> Hands:
    """Look at what a person holds, and whether anything waits to be put back: one statement.

    An item is to be put back when its lease ran out, or when it was put off until now.
    """
    asked = {CLIENT_IDS.key: list(client_ids), LOGIN.key: holder, AT.key: at}
    found = session.execute(_hands(CLIENT_IDS), asked).all()
    lasting = [row for row in found if not row[5]]
    lasting.sort(key=lambda row: (row[4], row[1]), reverse=True)
    return Hands(
        held=tuple(HeldItem(row[0], row[1], Queue(row[2]), row[3]) for row in lasting),
        has_overdue=len(lasting) < len(found),
    )


def find_best_item(
    session: Session, client_ids: Collection[UUID], worker: Worker, queues: Collection[Queue]
) -> BestItem | None:
    """Find the most urgent item that a person may take now; nothing is locked yet.

    It is assigned to the person, or free in a queue that the person is assigned to, or escalated
    where the person leads. What is free asks for no skill that the person lacks.
    """
    statement = _best(CLIENT_IDS, frozenset(queues), is_lead=worker.is_lead)
    asked = {
        CLIENT_IDS.key: list(client_ids),
        LOGIN.key: worker.login,
        STAFF_MEMBER_ID.key: worker.staff_member_id,
    }
    row = session.execute(statement, asked).first()
    if row is None:
        return None
    is_free = row.assignee is None and row.escalated_at is None
    return BestItem(row.client_id, row.id, Queue(row.queue), is_in_pool=is_free)


def count_pool(session: Session, client_id: UUID, queue: Queue) -> int:
    """Count what waits in one pool; ``POOL_COUNT_MAX`` means that many or more."""
    pool = (
        select_columns(col(WorkItem.id))
        .where(col(WorkItem.client_id) == client_id, col(WorkItem.queue) == queue, IS_IN_POOL)
        .limit(POOL_COUNT_MAX)
        .subquery()
    )
    return int(session.execute(select_columns(func.count()).select_from(pool)).scalar_one())


@cache
def _hands(client_ids: BindParameter[UUID]) -> CompoundSelect[*tuple[Any, ...]]:
    item = WorkItem
    what = (col(item.client_id), col(item.id), col(item.queue), col(item.lease_token))
    is_over = col(item.lease_expires_at) < AT
    held = select_columns(*what, col(item.lease_expires_at), is_over).where(
        col(item.client_id).in_(client_ids), IS_HELD, or_(col(item.lease_holder) == LOGIN, is_over)
    )
    awake = (
        select_columns(*what, col(item.snoozed_until), literal(value=True, type_=Boolean))
        .where(col(item.client_id).in_(client_ids), IS_SNOOZED, col(item.snoozed_until) <= AT)
        .limit(1)
        .subquery()
    )
    return union_all(held, select_columns(awake))


@cache
def _best(
    client_ids: BindParameter[UUID], queues: frozenset[Queue], *, is_lead: bool
) -> Select[*tuple[Any, ...]]:
    foreign = not_own(client_ids, LOGIN, queues)
    ways = [
        _best_of(client_ids, queues, and_(IS_ASSIGNED, _is_for(LOGIN), *foreign)),
        _best_of_pools(client_ids, queues),
    ]
    if is_lead:
        ways.append(_best_of(client_ids, queues, and_(IS_ESCALATED, *foreign)))
    heads = union_all(*(select_columns(way.subquery()) for way in ways)).subquery()
    urgency = (heads.c.priority, heads.c.due_at, heads.c.id)
    return select_columns(heads).order_by(*urgency).limit(1)


def _is_for(login: Login) -> ColumnElement[bool]:
    return col(WorkItem.assignee) == login


def _best_of(
    client_ids: Ids, queues: Collection[Queue], condition: ColumnElement[bool]
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


def _best_of_pools(client_ids: Ids, queues: Collection[Queue]) -> Select[*tuple[Any, ...]]:
    """Look at the head of every pool the person is assigned to: one probe of the index each."""
    head = (
        select_columns(col(WorkItem.id))
        .where(
            col(WorkItem.client_id) == StaffAssignment.client_id,
            col(WorkItem.queue) == StaffAssignment.queue,
            IS_IN_POOL,
            *not_own(client_ids, LOGIN, queues),
            *within_skills(LOGIN, queues),
        )
        .order_by(*URGENCY)
        .limit(1)
        .correlate(StaffAssignment)
        .scalar_subquery()
    )
    heads = (
        select_columns(col(StaffAssignment.client_id), head.label("head"))
        .where(
            col(StaffAssignment.staff_member_id) == STAFF_MEMBER_ID,
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
