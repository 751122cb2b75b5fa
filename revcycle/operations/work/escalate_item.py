"""Ask a team lead to look at an item."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.store import work_hands, work_notes
from revcycle.store.audit import record_act


def escalate_item(session: Session, act: Act, work_item_id: UUID, *, why: str) -> None:
    """Leave an item to team leads, with a note that says why; it leaves the actor's hands.

    Raises:
        RejectedError: no reason is given, or somebody else holds the item, or it is finished.
    """
    if not why.strip():
        msg = "say why a team lead should look at it"
        raise RejectedError(msg)
    if not work_hands.escalate_item(
        session, act.client_id, work_item_id, actor=act.actor, at=act.at
    ):
        msg = f"work item {work_item_id} is finished, or in somebody else's hands"
        raise RejectedError(msg)
    work_notes.add_note(session, act.client_id, act, work_item_id, why.strip())
    record_act(session, act.client_id, act, "escalate", "work_item", work_item_id)
