"""Say how urgent items are."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.store import work_hands
from revcycle.store.audit import record_act

PRIORITIES: Final = range(1, 10)


def prioritize_items(
    session: Session, act: Act, work_item_ids: Collection[UUID], *, priority: int
) -> int:
    """Give open items a priority, 1 is first; return how many were changed.

    Raises:
        RejectedError: there is no such priority.
    """
    if priority not in PRIORITIES:
        msg = f"a priority is a number from {PRIORITIES[0]} to {PRIORITIES[-1]}, 1 is first"
        raise RejectedError(msg)
    changed = work_hands.prioritize_items(session, act.client_id, work_item_ids, priority=priority)
    for work_item_id in changed:
        record_act(
            session,
            act.client_id,
            act,
            "prioritize",
            "work_item",
            work_item_id,
            outcome=str(priority),
        )
    return len(changed)
