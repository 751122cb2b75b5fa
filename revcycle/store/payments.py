"""Queries on what patients paid."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col, select

from models.documents.ledger import EntryKind
from models.documents.patient_money import PaymentPicture
from models.errors import NotFoundError
from models.states.patient_payment import PatientPaymentState, PaymentMethod
from models.tables import (
    Charge,
    Encounter,
    LedgerEntry,
    PatientJoin,
    PatientPayment,
    Posting,
)
from models.values.accounts import INSURANCE_RECEIVABLES, Account
from models.values.money import ZERO, Money
from revcycle.store.joined_patients import PATIENT_NOW, of_duplicate, with_joined
from revcycle.store.ledger import in_chunks

WAITS_FOR_PAYERS = (*INSURANCE_RECEIVABLES, Account.AR_DENIED)


def find_by_form_key(session: Session, client_id: UUID, form_key: str) -> PatientPayment | None:
    """Find the payment that a form made."""
    return session.exec(
        select(PatientPayment).where(
            PatientPayment.client_id == client_id, PatientPayment.form_key == form_key
        )
    ).one_or_none()


def lock_payment(session: Session, client_id: UUID, payment_id: UUID) -> PatientPayment:
    """Load a payment and keep others from changing it.

    Raises:
        NotFoundError: this practice has no such payment.
    """
    row = session.exec(
        select(PatientPayment)
        .where(PatientPayment.client_id == client_id, PatientPayment.id == payment_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no payment {payment_id}"
        raise NotFoundError(msg)
    return row


def get_payment(session: Session, client_id: UUID, payment_id: UUID) -> PaymentPicture:
    """Picture one payment.

    Raises:
        NotFoundError: this practice has no such payment.
    """
    row = session.exec(
        select(PatientPayment).where(
            PatientPayment.client_id == client_id, PatientPayment.id == payment_id
        )
    ).one_or_none()
    if row is None:
        msg = f"no payment {payment_id}"
        raise NotFoundError(msg)
    return _picture(row)


def list_payments(
    session: Session, client_id: UUID, patient_id: UUID, *, limit: int, offset: int = 0
) -> list[PaymentPicture]:
    """List the payments of a patient, the latest first."""
    rows = session.exec(
        select(PatientPayment)
        .where(PatientPayment.client_id == client_id, PatientPayment.patient_id == patient_id)
        .order_by(col(PatientPayment.received_on).desc(), col(PatientPayment.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return [_picture(row) for row in rows]


def count_payments(session: Session, client_id: UUID, patient_id: UUID) -> int:
    """Count the payments of a patient."""
    statement = (
        select(func.count())
        .select_from(PatientPayment)
        .where(PatientPayment.client_id == client_id, PatientPayment.patient_id == patient_id)
    )
    return session.exec(statement).one()


def charges_of_encounter(
    session: Session, client_id: UUID, patient_id: UUID, encounter_id: UUID
) -> frozenset[UUID]:
    """Name the charges of an encounter of this patient; none if it is somebody else's."""
    statement = (
        select(Charge.id)
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id) & (col(Encounter.id) == Charge.encounter_id),
        )
        .where(
            Charge.client_id == client_id,
            Charge.encounter_id == encounter_id,
            Encounter.patient_id == patient_id,
        )
    )
    return frozenset(session.exec(statement))


def credit_use_keys(session: Session, client_id: UUID, patient_id: UUID) -> list[str]:
    """List the keys of entries that used money of no charge of a patient, the latest first."""
    statement = (
        select(LedgerEntry.source_key)
        .join(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.ledger_entry_id) == LedgerEntry.id),
        )
        .where(
            LedgerEntry.client_id == client_id,
            LedgerEntry.kind == EntryKind.CREDIT,
            col(LedgerEntry.source_key).startswith("credit_use:"),
            col(Posting.patient_id).in_(with_joined(session, client_id, [patient_id])),
            Posting.account == Account.PATIENT_CREDIT,
            col(Posting.charge_id).is_(None),
        )
        .order_by(col(LedgerEntry.id).desc())
    )
    return list(dict.fromkeys(session.exec(statement)))


def waits_for_payers(
    session: Session, client_id: UUID, patient_ids: Sequence[UUID]
) -> dict[UUID, Money]:
    """Add up what payers still owe or denied for patients; those without any are left out."""
    found: dict[UUID, Money] = {}
    for ids in in_chunks(patient_ids):
        statement = (
            select_columns(col(Encounter.patient_id), func.sum(Posting.amount))
            .select_from(Posting)
            .join(Charge, _same(Charge, Posting.charge_id))
            .join(Encounter, _same(Encounter, Charge.encounter_id))
            .where(
                col(Posting.client_id) == client_id,
                col(Posting.account).in_(WAITS_FOR_PAYERS),
                col(Encounter.patient_id).in_(ids),
            )
            .group_by(col(Encounter.patient_id))
        )
        found.update({key: amount for key, amount in session.execute(statement) if key and amount})
    return found


def last_moves(session: Session, client_id: UUID, patient_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Map patients to the last day on which what they owe moved."""
    found: dict[UUID, date] = {}
    for ids in in_chunks(patient_ids):
        statement = (
            select_columns(PATIENT_NOW, func.max(LedgerEntry.effective_date))
            .select_from(Posting)
            .outerjoin(PatientJoin, of_duplicate(client_id))
            .join(LedgerEntry, _same(LedgerEntry, Posting.ledger_entry_id))
            .where(
                col(Posting.client_id) == client_id,
                col(Posting.account) == Account.AR_PATIENT,
                col(Posting.patient_id).in_(with_joined(session, client_id, ids)),
            )
            .group_by(PATIENT_NOW)
        )
        found.update({key: day for key, day in session.execute(statement) if key})
    return found


def payments_unlike_books(session: Session, client_id: UUID) -> tuple[int, tuple[str, ...]]:
    """Payments that the books do not hold once, or hold with another amount."""
    statement = (
        select_columns(col(LedgerEntry.source_key), func.sum(Posting.amount))
        .join(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.ledger_entry_id) == LedgerEntry.id),
        )
        .where(
            col(LedgerEntry.client_id) == client_id,
            col(LedgerEntry.kind) == EntryKind.PATIENT_PAYMENT,
            col(Posting.account) == Account.BANK,
        )
        .group_by(col(LedgerEntry.source_key))
    )
    booked = {key: sum_ or ZERO for key, sum_ in session.execute(statement)}
    rows = session.exec(select(PatientPayment).where(PatientPayment.client_id == client_id)).all()
    wrong = [
        str(row.id) for row in rows if booked.get(f"patient_payment:{row.id}", ZERO) != row.amount
    ]
    return len(rows), tuple(sorted(wrong))


def _picture(row: PatientPayment) -> PaymentPicture:
    return PaymentPicture(
        id=row.id,
        patient_id=row.patient_id,
        method=PaymentMethod(row.method),
        reference=row.reference,
        amount=row.amount,
        received_on=row.received_on,
        taken_by=row.taken_by,
        state=PatientPaymentState(row.state),
        returned_reason=row.returned_reason,
    )


def _same(table: Any, column: Any) -> Any:
    """Join on the id within the practice."""
    return (col(table.client_id) == column.class_.client_id) & (col(table.id) == column)
