"""What operations on balances of patients that are given up share."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import PatientDue
from models.states.balance_write_off import (
    BALANCE_WRITE_OFF_TRANSITIONS,
    BalanceWriteOffEvent,
)
from models.states.work_item import WorkItemEvent
from models.tables import BalanceWriteOff
from models.values.money import Money, total
from revcycle.store import ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move

SUBJECT: Final = "balance_write_off"
REASONS: Final = {
    "hardship": "the patient showed that it cannot be paid",
    "charity_policy": "the practice's charity policy covers it",
    "no_answer": "three statements and no answer",
    "bankruptcy": "the patient is bankrupt",
    "deceased": "the patient died and left nothing",
}


def record_decision(
    session: Session, act: Act, row: BalanceWriteOff, event: BalanceWriteOffEvent, word: str
) -> None:
    """Note what the second person decided, and close the item that asked."""
    move(session, act.client_id, act, row, BALANCE_WRITE_OFF_TRANSITIONS, event)
    row.decided_by = act.actor
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [request_cause(row.id)],
        resolution=word,
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, f"{event}_balance_write_off", SUBJECT, row.id)


def dues_of(session: Session, act: Act, patient_id: UUID) -> list[PatientDue]:
    """List what a patient owes, charge by charge."""
    return ledger.patient_dues(session, act.client_id, [patient_id]).get(patient_id, [])


def owed_by(session: Session, act: Act, patient_id: UUID) -> Money:
    """Add up what a patient owes."""
    return total(due.amount for due in dues_of(session, act, patient_id))


def request_cause(request_id: UUID) -> str:
    """Name the cause of the item in which a second person decides."""
    return f"balance_write_off:{request_id}"
