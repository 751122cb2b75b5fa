"""Put items off until a day, or take that back."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.store import work_hands
from revcycle.store.audit import record_act

LONGEST: Final = timedelta(days=90)


def put_off_items(
    session: Session, act: Act, work_item_ids: Collection[UUID], *, until: datetime | None
) -> int:
    """Let nobody be given these items before an instant; None: from now on again.

    An item in somebody else's hands stays as it is. Due times stay: an item that was put off
    can be overdue.

    Returns:
        How many items were changed.

    Raises:
        RejectedError: the instant is past, or more than ``LONGEST`` away.
    """
    if until is not None and not act.at < until <= act.at + LONGEST:
        msg = f"an item is put off until a day within the next {LONGEST.days} days"
        raise RejectedError(msg)
    changed = work_hands.snooze_items(
        session, act.client_id, work_item_ids, actor=act.actor, until=until
    )
    for work_item_id in changed:
        action = "snooze" if until else "wake"
        record_act(session, act.client_id, act, action, "work_item", work_item_id)
    return len(changed)
