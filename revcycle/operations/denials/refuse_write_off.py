"""Refuse to give a denied amount up: the work goes on."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Denial
from revcycle.store import denials, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem


def refuse_write_off(session: Session, act: Act, denial_id: UUID) -> None:
    """Send a denial back to its worker, with the first due date.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: no write-off was asked for.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.REFUSE_WRITE_OFF)
    denial.requested_by = denial.write_off_reason = denial.cause_party = ""
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [f"write_off:{denial.id}"],
        resolution="refused",
        event=WorkItemEvent.COMPLETE,
    )
    work_items.open_work_items(session, act.client_id, act, [_again(denial)])
    record_act(session, act.client_id, act, "refuse_write_off", "denial", denial.id)


def _again(denial: Denial) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.DENIAL,
        cause_key=f"denial:{denial.id}",
        subject_kind="denial",
        subject_id=denial.id,
        reason=f"{denial.group}-{denial.reason}",
        field=denial.category,
        detail=denial.first_action,
        due_on=denial.due_on,
    )
