"""See a refund at the bank."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.refund import REFUND_TRANSITIONS, RefundEvent
from revcycle.operations.refunds.refund_work import SUBJECT
from revcycle.rules.ledger.refund import refund_cleared_entry
from revcycle.store import ledger, refunds
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def clear_refund(session: Session, act: Act, refund_id: UUID) -> None:
    """Book that the check was cashed.

    Raises:
        NotFoundError: this practice has no such refund.
        IllegalTransitionError: it is not paid, or cleared already.
    """
    row = refunds.lock_refund(session, act.client_id, refund_id)
    move(session, act.client_id, act, row, REFUND_TRANSITIONS, RefundEvent.CLEAR)
    row.cleared_on = act.today
    entry = refund_cleared_entry(row.id, act.today, patient_id=row.patient_id, amount=row.amount)
    ledger.insert_entries(session, act.client_id, act, [entry])
    record_act(session, act.client_id, act, "clear_refund", SUBJECT, refund_id)
