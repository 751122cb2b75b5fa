"""Take a refund back: withdrawn, or its check never was cashed."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryKind
from models.errors import RejectedError
from models.states.patient_payment import (
    PATIENT_PAYMENT_TRANSITIONS,
    PatientPaymentEvent,
    PatientPaymentState,
)
from models.states.refund import REFUND_TRANSITIONS, RefundEvent
from models.tables import Refund
from revcycle.operations.posting.level_credits import level_credits
from revcycle.operations.refunds.refund_work import (
    SUBJECT,
    ask_whose_again,
    close_refund_work,
)
from revcycle.rules.ledger.refund import refund_reference
from revcycle.rules.ledger.reversal import reversal_of
from revcycle.store import ledger, payments, refunds
from revcycle.store.audit import record_act
from revcycle.store.standing_entries import unreversed_entries_of_sources
from revcycle.store.state_changes import move


def void_refund(session: Session, act: Act, refund_id: UUID) -> None:
    """Reverse what was booked of it, to the cent; the credit stands again.

    Raises:
        NotFoundError: this practice has no such refund.
        IllegalTransitionError: it is refused, at the bank already, or void.
        RejectedError: the payer acknowledged it, so its check was cashed.
    """
    row = refunds.lock_refund(session, act.client_id, refund_id)
    if row.acknowledged_on is not None:
        msg = "the payer acknowledged this refund: its check was cashed"
        raise RejectedError(msg)
    move(session, act.client_id, act, row, REFUND_TRANSITIONS, RefundEvent.VOID)
    key = refund_reference(row.id)
    found = unreversed_entries_of_sources(session, act.client_id, [key], [EntryKind.REFUND])
    drafts = [reversal_of(entry, effective_date=act.today) for entry in found]
    ledger.insert_entries(session, act.client_id, act, drafts)
    if row.charge_id is not None and drafts:
        level_credits(
            session,
            act,
            [row.charge_id],
            cause=f"void:{row.id}",
            effective_date=act.today,
        )
    _restore_payment(session, act, row)
    close_refund_work(session, act, refund_id, resolution="void")
    ask_whose_again(session, act, row)
    record_act(session, act.client_id, act, "void_refund", SUBJECT, refund_id)


def _restore_payment(session: Session, act: Act, row: Refund) -> None:
    if row.patient_payment_id is None:
        return
    payment = payments.lock_payment(session, act.client_id, row.patient_payment_id)
    if payment.state == PatientPaymentState.REFUNDED:
        table, event = PATIENT_PAYMENT_TRANSITIONS, PatientPaymentEvent.VOID_REFUND
        move(session, act.client_id, act, payment, table, event)
