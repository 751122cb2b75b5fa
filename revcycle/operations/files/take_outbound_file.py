"""Take a file out of the outbox to send it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.file import OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent
from revcycle.store.outbound_files import get_outbound_file
from revcycle.store.state_changes import move


@dataclass(frozen=True, slots=True, repr=False)
class TakenFile:
    """What the sender puts at the partner, under exactly this name."""

    id: UUID
    name: str
    content: bytes


def take_outbound_file(session: Session, act: Act, outbound_file_id: UUID) -> TakenFile:
    """Mark a file as being sent, and commit before the first byte leaves.

    Raises:
        NotFoundError: this practice has no such file.
        IllegalTransitionError: it is not ready: somebody else took it, or it has left.
    """
    row = get_outbound_file(session, act.client_id, outbound_file_id)
    move(session, act.client_id, act, row, OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent.TAKE)
    return TakenFile(row.id, row.name, row.content)
