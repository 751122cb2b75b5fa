"""Finish an item whose work was done elsewhere: on the telephone, in a portal, on paper."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.store import work_items, work_notes
from revcycle.store.audit import record_act

RESOLUTION: Final = "done_by_hand"
DENIAL: Final = "denial"


def finish_item(session: Session, act: Act, work_item_id: UUID, *, token: int, what: str) -> None:
    """Close an item that the actor holds, with a note of what was done.

    Raises:
        RejectedError: nothing says what was done, or the item is about a denial: what stands as
            denied stays somebody's work until it is decided.
        StaleLeaseError: the lease is not the actor's any more.
    """
    if not what.strip():
        msg = "say what was done, for whoever asks later"
        raise RejectedError(msg)
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    if item.subject_kind == DENIAL:
        msg = "a denial ends by a decision: correct, appeal, bill, write off or close it"
        raise RejectedError(msg)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=RESOLUTION
    )
    work_notes.add_note(session, act.client_id, act, work_item_id, what.strip())
    record_act(session, act.client_id, act, "finish", "work_item", work_item_id)
