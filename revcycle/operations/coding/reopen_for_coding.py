"""The coding item of an encounter that goes back to the coders."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.work_item import Queue
from revcycle.operations.coding.queue_encounters import coding_cause
from revcycle.store import work_items, work_needs
from revcycle.store.work_items import NewWorkItem

PRIORITY = 4  # before charts that nobody has begun


def reopen_for_coding(
    session: Session,
    act: Act,
    encounter_id: UUID,
    *,
    reason: str,
    service_hours: int,
    detail: str = "",
) -> None:
    """Open the coding item again, ahead of charts that nobody has begun; it needs what it did."""
    item = NewWorkItem(
        queue=Queue.CODING,
        cause_key=coding_cause(encounter_id),
        subject_kind="encounter",
        subject_id=encounter_id,
        reason=reason,
        detail=detail,
        service_hours=service_hours,
        priority=PRIORITY,
        needs=work_needs.find_last_needs(session, act.client_id, encounter_id),
    )
    work_items.open_work_items(session, act.client_id, act, [item])
