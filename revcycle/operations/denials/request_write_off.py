"""Ask a second person to give a denied amount up."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.cause_party import CauseParty
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from models.states.work_item import Queue, WorkItemEvent
from revcycle.rules.denials.reasons import WRITE_OFF_REASONS
from revcycle.store import denials, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

SERVICE_HOURS = 72
WRITE_OFF_REQUESTED = "write_off_requested"


def request_write_off(
    session: Session,
    act: Act,
    denial_id: UUID,
    *,
    reason: str,
    cause: CauseParty = CauseParty.PAYER,
) -> None:
    """Close the work on a denial and open a decision for somebody else.

    Args:
        session: The open transaction.
        act: Who asks.
        denial_id: The denial.
        reason: A code of the practice's list, without names.
        cause: Who caused it.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: the denial is not open.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.REQUEST_WRITE_OFF)
    denial.requested_by = act.actor
    denial.write_off_reason, denial.cause_party = reason, cause
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [f"denial:{denial.id}"],
        resolution="write-off requested",
        event=WorkItemEvent.COMPLETE,
    )
    item = NewWorkItem(
        queue=Queue.APPROVAL,
        cause_key=f"write_off:{denial.id}",
        subject_kind="denial",
        subject_id=denial.id,
        reason=WRITE_OFF_REQUESTED,
        field=cause,
        detail=WRITE_OFF_REASONS.get(reason, reason),
        service_hours=SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [item])
    record_act(session, act.client_id, act, "request_write_off", "denial", denial.id)
