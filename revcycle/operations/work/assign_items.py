"""Say who works on items: hand one over, or assign many."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.work_item import Queue
from revcycle.store import staff, staff_assignments, work_hands
from revcycle.store.audit import record_act


def assign_items(
    session: Session,
    act: Act,
    work_item_ids: Collection[UUID],
    *,
    queue: Queue,
    assignee: str | None,
    is_lead: bool,
) -> int:
    """Let open items of a queue wait for one person; None: for whoever works there.

    Whoever leads may take an item out of somebody's hands; others only hand over what is in their
    own, or in nobody's.

    Returns:
        How many items were changed.

    Raises:
        RejectedError: the assignee may not take work of this queue at this practice.
    """
    if assignee is not None:
        _require_assignable(session, act.client_id, queue, assignee)
    changed = work_hands.assign_items(
        session,
        act.client_id,
        work_item_ids,
        queue=queue,
        assignee=assignee,
        holder=None if is_lead else act.actor,
    )
    for work_item_id in changed:
        record_act(
            session,
            act.client_id,
            act,
            "assign",
            "work_item",
            work_item_id,
            outcome=(assignee or "nobody")[:40],
        )
    return len(changed)


def _require_assignable(session: Session, client_id: UUID, queue: Queue, login: str) -> None:
    member = staff.find_staff_member(session, login)
    allowed = (
        staff_assignments.list_assigned_queues(session, client_id, member.id)
        if member is not None
        else frozenset()
    )
    if queue not in allowed:
        msg = f"{login} takes no work of this queue at this practice"
        raise RejectedError(msg)
