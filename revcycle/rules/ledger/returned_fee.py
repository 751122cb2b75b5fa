"""What to book when a returned payment costs the patient a fee."""

from datetime import date
from uuid import UUID

from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.values.accounts import Account
from models.values.money import Money


def returned_fee_entry(
    payment_id: UUID, on: date, *, patient_id: UUID, charge_id: UUID, fee: Money
) -> EntryDraft:
    """Charge a fee: Dr patient receivable, Cr fee income, about a charge that was paid.

    The fee stands on a charge because statements ask for what is owed by charge.

    Source:
        The practice's own policy, within the law of its state on returned checks.
    """
    subject = LedgerSubject(patient_id=patient_id, charge_id=charge_id)
    return EntryDraft.of(
        EntryKind.TRANSFER,
        f"returned_fee:{payment_id}",
        on,
        (
            PostingDraft(Account.AR_PATIENT, fee, subject),
            PostingDraft(Account.FEE_INCOME, -fee, subject),
        ),
    )
