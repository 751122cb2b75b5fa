"""Refuse to give up what a patient owes."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.balance_write_off import BalanceWriteOffEvent
from revcycle.operations.patient_money.balance_write_off_work import record_decision
from revcycle.store import refunds


def refuse_balance_write_off(session: Session, act: Act, request_id: UUID) -> None:
    """Let the patient owe it still.

    Raises:
        NotFoundError: this practice has no such request.
        IllegalTransitionError: it was decided before.
    """
    row = refunds.lock_write_off(session, act.client_id, request_id)
    record_decision(session, act, row, BalanceWriteOffEvent.REFUSE, "refused")
