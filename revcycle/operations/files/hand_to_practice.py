"""Hand a file that reached the wrong practice to the one it is for."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.file import InboundFileState
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.store import work_items, work_notes
from revcycle.store.audit import record_act
from revcycle.store.inbound_files import get_inbound_file

SOURCE: Final = "bpo_inbox"  # the file came from no drop folder of the practice that gets it
HANDED_ON: Final = "handed_on"
RETURNED: Final = "returned_to_sender"


class SamePracticeError(RejectedError):
    """A file is handed to another practice, not to the one that has it."""


def hand_to_practice(
    session: Session, act: Act, work_item_id: UUID, *, token: int, receiver: Act
) -> UUID:
    """Store the bytes of a misrouted file at another practice, which reads them by itself.

    Here the file stays in quarantine, with its bytes, and nothing of it is ever posted. There it
    is stored once, however often it is handed over, and posted once like every other file.

    Args:
        session: A transaction over both practices.
        act: Who hands it on, at the practice that has it.
        work_item_id: The item of the misrouted file, in the hands of the actor.
        token: Of the lease.
        receiver: The same person at the practice the file is for.

    Returns:
        The id of the file at the other practice.

    Raises:
        SamePracticeError: both are one practice.
        StaleLeaseError: the lease is not the actor's any more.
        RejectedError: the file is not in quarantine.
    """
    if act.client_id == receiver.client_id:
        msg = "hand the file to another practice"
        raise SamePracticeError(msg)
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    file = get_inbound_file(session, act.client_id, item.subject_id)
    if file.state != InboundFileState.QUARANTINED:
        msg = "only a file in quarantine is handed on"
        raise RejectedError(msg)
    stored = store_inbound_file(
        session, receiver, source=SOURCE, kind=file.kind, name=file.name, content=file.content
    )
    _trace(session, act, file.id, "hand_file_on")
    _trace(session, receiver, stored.id, "take_file_over")
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=HANDED_ON
    )
    return stored.id


def return_to_sender(
    session: Session, act: Act, work_item_id: UUID, *, token: int, note: str
) -> None:
    """Close the item of a file that is for nobody of ours; its bytes stay in quarantine.

    Raises:
        RejectedError: nothing says who was told.
        StaleLeaseError: the lease is not the actor's any more.
    """
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    if not note.strip():
        msg = "say who was told, and when, without a word about a patient"
        raise RejectedError(msg)
    work_notes.add_note(session, act.client_id, act, work_item_id, note.strip())
    _trace(session, act, item.subject_id, "return_file")
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=RETURNED
    )


def _trace(session: Session, act: Act, inbound_file_id: UUID, action: str) -> None:
    record_act(session, act.client_id, act, action, "inbound_file", inbound_file_id)
