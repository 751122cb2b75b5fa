"""Record what a patient paid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.values.accounts import Account
from models.values.money import Money, total
from revcycle.rules.ledger.patient_payment import patient_payment
from revcycle.store import ledger
from revcycle.store.audit import record_act


@dataclass(frozen=True, slots=True)
class PatientPaymentCount:
    """Where a payment went."""

    applied: Money
    credit: Money


def record_patient_payment(
    session: Session,
    act: Act,
    patient_id: UUID,
    *,
    amount: Money,
    payment_key: str,
    received_on: date | None = None,
    only: Collection[UUID] | None = None,
) -> PatientPaymentCount:
    """Pay the patient's oldest charges first and keep the rest as the patient's credit.

    Args:
        session: The open transaction.
        act: Who, when.
        patient_id: Who paid.
        amount: Above zero.
        payment_key: What identifies the payment: a form's or a processor's number. The books
            refuse it a second time.
        received_on: The day of the money; today where nobody says.
        only: Pay these charges only; the rest is the patient's credit.

    Raises:
        RejectedError: the amount is not above zero.
        AlreadyBookedError: the payment was recorded before.
    """
    dues = ledger.patient_dues(session, act.client_id, [patient_id]).get(patient_id, [])
    if only is not None:
        dues = [due for due in dues if due.charge_id in only]
    key = f"patient_payment:{payment_key}"
    entry = patient_payment(key, received_on or act.today, patient_id, amount, dues)
    ledger.insert_entries(session, act.client_id, act, [entry])
    record_act(session, act.client_id, act, "record_patient_payment", "patient", patient_id)
    applied = -total(
        posting.amount for posting in entry.postings if posting.account is Account.AR_PATIENT
    )
    return PatientPaymentCount(applied, amount - applied)
