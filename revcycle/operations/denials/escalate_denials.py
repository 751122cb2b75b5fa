"""Put denials first whose due date comes close."""

from datetime import timedelta

from sqlmodel import Session

from models.documents.act import Act
from revcycle.store import work_items
from revcycle.store.denials import list_open_denials_due

URGENT_DAYS = 3
URGENT_PRIORITY = 1


def escalate_denials(session: Session, act: Act) -> int:
    """Give open denials due within URGENT_DAYS the first priority; return how many items moved.

    A denial without an open item gets none here: posting opens it in the transaction that books
    the denial, and closing it is somebody's decision. Repeating it is safe.
    """
    due = list_open_denials_due(
        session, act.client_id, until=act.today + timedelta(days=URGENT_DAYS)
    )
    causes = [f"denial:{denial.id}" for denial in due]
    return work_items.raise_priority(session, act.client_id, causes, priority=URGENT_PRIORITY)
