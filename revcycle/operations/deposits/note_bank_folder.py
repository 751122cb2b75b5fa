"""Say once that the folder is missing into which the bank leaves statements."""

from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.states.work_item import Queue
from revcycle.store import work_items
from revcycle.store.work_items import NewWorkItem

CAUSE: Final = "bank_folder"
MISSING: Final = "deposit.folder_missing"
SERVICE_HOURS: Final = 48


def note_bank_folder(session: Session, act: Act, *, is_there: bool) -> int:
    """Open one item while the folder is missing, and close it when it is there; return how many.

    A missing folder holds nothing yet: posting goes on. More often a share is not mounted, so that
    statements would be missed in silence.
    """
    if is_there:
        return work_items.close_work_items(
            session, act.client_id, act, [CAUSE], resolution="the folder is there"
        )
    item = NewWorkItem(
        queue=Queue.DEPOSIT,
        cause_key=CAUSE,
        subject_kind="client",
        subject_id=act.client_id,
        reason=MISSING,
        detail="the folder into which the bank leaves statements is not there",
        service_hours=SERVICE_HOURS,
    )
    return work_items.open_work_items(session, act.client_id, act, [item])
