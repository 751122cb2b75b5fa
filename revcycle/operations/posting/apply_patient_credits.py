"""Let patients' credits pay what the same patients owe."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.values.identifiers import new_id
from revcycle.operations.posting.level_credits import credit_cause
from revcycle.rules.ledger.credit_use import credit_use_entry
from revcycle.store import ledger, work_items


def apply_patient_credits(
    session: Session, act: Act, *, only: Collection[UUID] | None = None
) -> int:
    """Pay open balances from credits; return how many patients it helped.

    Prepayments and what corrections left over are used before a statement asks for money.
    Repeating it is safe: a used credit is no credit any more.

    Args:
        session: The open transaction.
        act: Who, when.
        only: These patients; all of the practice where nobody is named.
    """
    patient_ids = [
        balance.patient_id
        for balance in ledger.patients_with_credit(session, act.client_id)
        if only is None or balance.patient_id in only
    ]
    dues = ledger.patient_dues(session, act.client_id, patient_ids)
    held = ledger.patient_credits(session, act.client_id, patient_ids)
    cause = new_id()
    entries = [
        credit_use_entry(
            f"credit_use:{cause}:{patient_id}",
            act.today,
            patient_id,
            held.get(patient_id, []),
            dues.get(patient_id, []),
        )
        for patient_id in patient_ids
    ]
    booked = ledger.insert_entries(session, act.client_id, act, entries)
    charge_ids = {one.charge_id for found in held.values() for one in found if one.charge_id}
    _close_used(session, act, patient_ids, charge_ids)
    return booked


def _close_used(session: Session, act: Act, patient_ids: list[UUID], charge_ids: set[UUID]) -> None:
    held = ledger.patient_credits(session, act.client_id, patient_ids)
    still = {one.charge_id for found in held.values() for one in found}
    causes = [credit_cause(charge_id) for charge_id in sorted(charge_ids - still)]
    for chunk in ledger.in_chunks(causes):
        work_items.close_work_items(session, act.client_id, act, chunk, resolution="credit used")
