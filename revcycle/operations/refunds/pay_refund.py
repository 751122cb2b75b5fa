"""Pay a refund: the check is written."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryDraft, LedgerSubject
from models.errors import RejectedError
from models.states.patient_payment import PATIENT_PAYMENT_TRANSITIONS, PatientPaymentEvent
from models.states.refund import REFUND_TRANSITIONS, RefundEvent
from models.tables import Refund
from models.values.accounts import Account
from revcycle.operations.posting.read_remittance_claim import read_remittance_claim
from revcycle.operations.refunds.refund_work import (
    SUBJECT,
    close_credit_work,
    close_refund_work,
    credit_of,
    refuse_findings,
)
from revcycle.rules.ledger.refund import refund_entry, unapplied_refund_entry
from revcycle.rules.refunds.check_refund import check_instrument
from revcycle.store import ledger, payments, refunds
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move
from revcycle.store.statements import lock_patients


def pay_refund(session: Session, act: Act, refund_id: UUID, *, instrument: str) -> None:
    """Book the refund out of its credit, under the number of the check that pays it.

    Raises:
        NotFoundError: this practice has no such refund.
        IllegalTransitionError: it is not approved, or paid already.
        RejectedError: the credit holds less by now, or the check paid another refund.
    """
    row = refunds.lock_refund(session, act.client_id, refund_id)
    if row.patient_id is not None:
        lock_patients(session, act.client_id, [row.patient_id])
    move(session, act.client_id, act, row, REFUND_TRANSITIONS, RefundEvent.PAY)
    refuse_findings(check_instrument(instrument))
    if refunds.is_instrument_used(session, act.client_id, instrument):
        msg = "this check paid another refund: each refund has a check of its own"
        raise RejectedError(msg)
    if credit_of(session, act, row) < row.amount:
        msg = "the credit holds less by now: void the refund"
        raise RejectedError(msg)
    row.instrument = instrument
    row.paid_on = act.today
    ledger.insert_entries(session, act.client_id, act, [_entry(session, act, row)])
    _mark_payment(session, act, row)
    close_refund_work(session, act, refund_id, resolution="paid")
    close_credit_work(session, act, row)
    record_act(session, act.client_id, act, "pay_refund", SUBJECT, refund_id)


def _entry(session: Session, act: Act, row: Refund) -> EntryDraft:
    if row.remittance_claim_id is None:
        return refund_entry(
            row.id,
            act.today,
            account=Account(row.account),
            receivable=row.receivable,
            subject=LedgerSubject(patient_id=row.patient_id, charge_id=row.charge_id),
            amount=row.amount,
        )
    opened = read_remittance_claim(session, act.client_id, row.remittance_claim_id)
    return unapplied_refund_entry(
        row.id,
        act.today,
        remittance_id=opened.facts.remittance_id,
        reference=opened.progress("").reference,
        amount=row.amount,
    )


def _mark_payment(session: Session, act: Act, row: Refund) -> None:
    """Say of a payment that all of it went back."""
    if row.patient_payment_id is None:
        return
    payment = payments.lock_payment(session, act.client_id, row.patient_payment_id)
    if payment.amount == row.amount:
        table, event = PATIENT_PAYMENT_TRANSITIONS, PatientPaymentEvent.REFUND
        move(session, act.client_id, act, payment, table, event)
