"""Let a file out of quarantine, to be read again."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent
from revcycle.store import work_items
from revcycle.store.audit import record_act
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.state_changes import move

RESOLUTION: Final = "read_again"


def release_inbound_file(session: Session, act: Act, work_item_id: UUID, *, token: int) -> None:
    """Let the next run of the stage read a file anew, after what stopped it was put right.

    Its bytes are the same: what changed is the client file, or our own reading. If it cannot be
    read again, it comes back with an item of its own. What of it was read before stays.

    Raises:
        StaleLeaseError: the lease is not the actor's any more.
        IllegalTransitionError: the file is not in quarantine.
    """
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    file = get_inbound_file(session, act.client_id, item.subject_id)
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.RELEASE)
    file.reason = ""
    record_act(session, act.client_id, act, "release_inbound_file", "inbound_file", file.id)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=RESOLUTION
    )
