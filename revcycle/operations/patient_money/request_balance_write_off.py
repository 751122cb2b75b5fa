"""Ask for a patient's balance to be given up."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.balance_write_off import BalanceWriteOffKind
from models.states.work_item import Queue
from models.tables import BalanceWriteOff
from revcycle.operations.patient_money.balance_write_off_work import (
    REASONS,
    SUBJECT,
    owed_by,
    request_cause,
)
from revcycle.store import refunds, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import record_creation
from revcycle.store.statements import lock_patients
from revcycle.store.work_items import NewWorkItem

SERVICE_HOURS: Final = 72


def request_balance_write_off(
    session: Session, act: Act, patient_id: UUID, *, kind: BalanceWriteOffKind, reason: str
) -> UUID:
    """Ask a second person to give up all that a patient owes; return the request.

    Raises:
        RejectedError: the patient owes nothing, a request waits already, or no reason of the list.
    """
    if reason not in REASONS:
        msg = "choose a reason of the list"
        raise RejectedError(msg)
    lock_patients(session, act.client_id, [patient_id])
    if refunds.find_open_write_off(session, act.client_id, patient_id) is not None:
        msg = "somebody asked for it already: a second person decides"
        raise RejectedError(msg)
    amount = owed_by(session, act, patient_id)
    if not amount:
        msg = "the patient owes nothing"
        raise RejectedError(msg)
    row = BalanceWriteOff(
        client_id=act.client_id,
        patient_id=patient_id,
        kind=kind,
        reason=reason,
        amount=amount,
        requested_by=act.actor,
        requested_at=act.at,
    )
    record_creation(session, act.client_id, act, row)
    session.flush()
    work_items.open_work_items(session, act.client_id, act, [_item(row)])
    record_act(session, act.client_id, act, "request_balance_write_off", SUBJECT, row.id)
    return row.id


def _item(row: BalanceWriteOff) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.APPROVAL,
        cause_key=request_cause(row.id),
        subject_kind=SUBJECT,
        subject_id=row.id,
        reason="balance_write_off_requested",
        field=str(row.kind),
        detail=REASONS[row.reason],
        service_hours=SERVICE_HOURS,
    )
