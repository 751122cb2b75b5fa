"""Write something down about an item."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.operations.work.open_item import get_item
from revcycle.store import work_notes
from revcycle.store.audit import record_act


def annotate_item(session: Session, act: Act, work_item_id: UUID, *, text: str) -> None:
    """Add a note for whoever takes the item next; nobody has to hold it.

    Raises:
        NotFoundError: this practice has no such item.
        RejectedError: the note is empty.
    """
    get_item(session, act.client_id, work_item_id)
    if not text.strip():
        msg = "an empty note says nothing"
        raise RejectedError(msg)
    work_notes.add_note(session, act.client_id, act, work_item_id, text.strip())
    record_act(session, act.client_id, act, "annotate", "work_item", work_item_id)
