"""Take money that a patient gives."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import is_blocking
from models.documents.patient_money import PaymentForm
from models.errors import NotFoundError, RejectedError
from models.tables import PatientPayment
from models.values.identifiers import new_id
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.rules.patient_money.check_payment import check_payment
from revcycle.store import payments
from revcycle.store.audit import record_act
from revcycle.store.state_changes import record_creation
from revcycle.store.statements import lock_patients


def take_payment(session: Session, act: Act, patient_id: UUID, form: PaymentForm) -> UUID:
    """Book a payment and return its id; the same form again returns the same payment.

    Without an encounter it pays the oldest charges first; what no charge needs stays as the
    patient's credit.

    Raises:
        NotFoundError: this practice has no such patient, or the patient no such encounter.
        RejectedError: the form says something that cannot be, a whole card number for example, or
            it was used for another patient or amount.
    """
    if not lock_patients(session, act.client_id, [patient_id]):
        msg = f"no patient {patient_id}"
        raise NotFoundError(msg)
    before = payments.find_by_form_key(session, act.client_id, form.form_key)
    if before is not None:
        return _same(before, patient_id, form)
    findings = check_payment(form, today=act.today)
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
    payment_id = new_id()
    row = _row(act, payment_id, patient_id, form)
    record_creation(session, act.client_id, act, row)
    record_patient_payment(
        session,
        act,
        patient_id,
        amount=form.amount,
        payment_key=str(payment_id),
        received_on=form.received_on,
        only=_charges(session, act, patient_id, form.encounter_id),
    )
    record_act(session, act.client_id, act, "take_payment", "patient_payment", payment_id)
    return payment_id


def _same(before: PatientPayment, patient_id: UUID, form: PaymentForm) -> UUID:
    if before.patient_id != patient_id or before.amount != form.amount:
        msg = "this form was used already: open the page again"
        raise RejectedError(msg)
    return before.id


def _charges(
    session: Session, act: Act, patient_id: UUID, encounter_id: UUID | None
) -> frozenset[UUID] | None:
    if encounter_id is None:
        return None
    found = payments.charges_of_encounter(session, act.client_id, patient_id, encounter_id)
    if not found:
        msg = f"the patient has no encounter {encounter_id} with charges"
        raise NotFoundError(msg)
    return found


def _row(act: Act, payment_id: UUID, patient_id: UUID, form: PaymentForm) -> PatientPayment:
    return PatientPayment(
        client_id=act.client_id,
        id=payment_id,
        patient_id=patient_id,
        method=form.method,
        reference=form.reference,
        amount=form.amount,
        received_on=form.received_on,
        taken_by=act.actor,
        taken_at=act.at,
        form_key=form.form_key,
    )
