"""Close an intake file whose records all have an outcome, or refuse one that cannot be read."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent, InboundFileState
from models.states.work_item import Queue
from revcycle.store import work_items
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem


def finish_intake_file(session: Session, act: Act, inbound_file_id: UUID) -> None:
    """Mark a file as posted; a file that is finished already is left as it is."""
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    if file.state == InboundFileState.RECEIVED:
        move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.POST)


def quarantine_intake_file(
    session: Session, act: Act, inbound_file_id: UUID, *, reason: str, detail: str
) -> None:
    """Set a file aside as a whole: nothing of it could be read, and a person must look."""
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    if file.state != InboundFileState.RECEIVED:
        return
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.QUARANTINE)
    file.reason = reason
    item = NewWorkItem(
        queue=Queue.INTAKE,
        cause_key=f"intake_file:{inbound_file_id}",
        subject_kind="inbound_file",
        subject_id=inbound_file_id,
        reason=reason,
        detail=detail,
    )
    work_items.open_work_items(session, act.client_id, act, [item])
