"""Queries on how people like to see their queues."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, delete, select

from models.states.work_item import Queue
from models.tables import SavedView
from revcycle.store.asked import QUEUE, STAFF_MEMBER_ID

# Built once: it is asked for every page of every list.
_VIEWS: Final = (
    select(SavedView.name, SavedView.query)
    .where(col(SavedView.staff_member_id) == STAFF_MEMBER_ID, col(SavedView.queue) == QUEUE)
    .order_by(col(SavedView.name))
)


def list_views(session: Session, staff_member_id: UUID, queue: Queue) -> Sequence[tuple[str, str]]:
    """List the views that a person keeps of a queue, by name: the name and the query."""
    asked = {STAFF_MEMBER_ID.key: staff_member_id, QUEUE.key: queue}
    return [(row[0], row[1]) for row in session.execute(_VIEWS, asked)]


def keep_view(
    session: Session, staff_member_id: UUID, queue: Queue, *, name: str, query: str
) -> None:
    """Keep a view; one of the same name takes the place of the former."""
    drop_view(session, staff_member_id, queue, name=name)
    session.add(SavedView(staff_member_id=staff_member_id, queue=queue, name=name, query=query))


def drop_view(session: Session, staff_member_id: UUID, queue: Queue, *, name: str) -> None:
    """Forget a view."""
    session.execute(
        delete(SavedView).where(
            col(SavedView.staff_member_id) == staff_member_id,
            col(SavedView.queue) == queue,
            col(SavedView.name) == name,
        )
    )
