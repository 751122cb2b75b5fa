"""Queries that say in whose hands open items are, and when: one statement for many items.

Each returns the ids that it changed. Items in the hands of somebody else are left alone.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col

from models.states.work_item import Queue, WorkItemState
from models.tables import WorkItem


def snooze_items(
    session: Session,
    client_id: UUID,
    work_item_ids: Collection[UUID],
    *,
    actor: str,
    until: datetime | None,
) -> Sequence[UUID]:
    """Put items off until an instant, out of the actor's hands; None: for nobody any more."""
    return _change(
        session,
        client_id,
        work_item_ids,
        {"snoozed_until": until, **_out_of_hands()},
        _is_not_held_by_others(actor),
    )


def escalate_item(
    session: Session, client_id: UUID, work_item_id: UUID, *, actor: str, at: datetime
) -> bool:
    """Leave an item to team leads; False when somebody else holds it."""
    values = {"escalated_at": at, "assignee": None, **_out_of_hands()}
    changed = _change(session, client_id, [work_item_id], values, _is_not_held_by_others(actor))
    return len(changed) == 1


def assign_items(
    session: Session,
    client_id: UUID,
    work_item_ids: Collection[UUID],
    *,
    queue: Queue,
    assignee: str | None,
    holder: str | None,
) -> Sequence[UUID]:
    """Let items wait for one person; with ``holder`` only those in no other hands than these."""
    conditions = [col(WorkItem.queue) == queue]
    if holder is not None:
        conditions.append(_is_not_held_by_others(holder))
    values = {"assignee": assignee, "escalated_at": None, **_out_of_hands()}
    return _change(session, client_id, work_item_ids, values, *conditions)


def prioritize_items(
    session: Session, client_id: UUID, work_item_ids: Collection[UUID], *, priority: int
) -> Sequence[UUID]:
    """Say how urgent items are, whoever holds them."""
    return _change(session, client_id, work_item_ids, {"priority": priority})


def _out_of_hands() -> dict[str, object]:
    """Free an item; the token rises, so that whoever held it is refused."""
    return {
        "lease_holder": None,
        "lease_expires_at": None,
        "lease_token": WorkItem.lease_token + 1,
    }


def _is_not_held_by_others(login: str) -> ColumnElement[bool]:
    return or_(col(WorkItem.lease_holder).is_(None), col(WorkItem.lease_holder) == login)


def _change(
    session: Session,
    client_id: UUID,
    work_item_ids: Collection[UUID],
    values: dict[str, object],
    *conditions: ColumnElement[bool],
) -> Sequence[UUID]:
    statement = (
        update(WorkItem)
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.id).in_(work_item_ids),
            col(WorkItem.state) == WorkItemState.OPEN,
            *conditions,
        )
        .values(values)
        .returning(col(WorkItem.id))
        .execution_options(synchronize_session=False)
    )
    return list(session.execute(statement).scalars())
