"""What a sender reports of the file it took."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.file import OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent, OutboundFileState
from models.states.work_item import WorkItemEvent
from models.tables import OutboundFile
from revcycle.store.outbound_files import get_outbound_file
from revcycle.store.state_changes import move
from revcycle.store.work_items import close_work_items

_OPEN = frozenset({OutboundFileState.SENDING, OutboundFileState.UNCERTAIN})
NOT_CONFIRMED = _OPEN | {OutboundFileState.READY}


def transport_cause(outbound_file_id: UUID) -> str:
    """Name the cause of the work item of a file nobody knows the fate of."""
    return f"transport:{outbound_file_id}"


def record_outbound_sent(session: Session, act: Act, outbound_file_id: UUID) -> bool:
    """Record that the partner's folder holds the file under its final name.

    Returns:
        False if that was known already, or if meanwhile somebody else decided about the file.

    Raises:
        NotFoundError: this practice has no such file.
    """
    row = get_outbound_file(session, act.client_id, outbound_file_id)
    if row.state not in _OPEN:
        return False
    confirm_file(session, act, row)
    return True


def record_outbound_returned(session: Session, act: Act, outbound_file_id: UUID) -> None:
    """Record that nothing was left with the partner: the same bytes may be sent again.

    Raises:
        NotFoundError: this practice has no such file.
        IllegalTransitionError: nobody was sending it.
    """
    row = get_outbound_file(session, act.client_id, outbound_file_id)
    move(session, act.client_id, act, row, OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent.RETURN)
    _close_item(session, act, row, "returned")


def confirm_file(session: Session, act: Act, row: OutboundFile) -> None:
    """Follow the proof that a file arrived, from any state in which it could have.

    A file that went back to the outbox is taken out of it first, so that it does not leave again.
    """
    if row.state == OutboundFileState.READY:
        move(session, act.client_id, act, row, OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent.TAKE)
    move(session, act.client_id, act, row, OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent.CONFIRM)
    row.sent_at = act.at
    _close_item(session, act, row, "confirmed")


def _close_item(session: Session, act: Act, row: OutboundFile, resolution: str) -> None:
    close_work_items(
        session,
        act.client_id,
        act,
        [transport_cause(row.id)],
        resolution=resolution,
        event=WorkItemEvent.COMPLETE,
    )
