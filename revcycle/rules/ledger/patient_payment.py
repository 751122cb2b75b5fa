"""What to book when a patient pays."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PatientDue, PostingDraft
from models.errors import RejectedError
from models.values.accounts import Account
from models.values.money import ZERO, Money


def patient_payment(
    source_key: str,
    received_on: date,
    patient_id: UUID,
    amount: Money,
    dues: Sequence[PatientDue],
) -> EntryDraft:
    """Pay charges in the order given until the money ends; the rest is the patient's credit.

    Raises:
        RejectedError: the amount is not above zero.

    Source:
        Double entry: Dr bank, Cr patient receivable up to the balance, Cr patient credit.
    """
    if amount <= ZERO:
        msg = "a payment must be above zero"
        raise RejectedError(msg)
    postings = []
    left = amount
    for due in dues:
        part = min(left, due.amount)
        if part > ZERO:
            subject = LedgerSubject(patient_id=patient_id, charge_id=due.charge_id)
            postings += _paid(subject, part, Account.AR_PATIENT)
            left -= part
    postings += _paid(LedgerSubject(patient_id=patient_id), left, Account.PATIENT_CREDIT)
    return EntryDraft.of(EntryKind.PATIENT_PAYMENT, source_key, received_on, postings)


def _paid(subject: LedgerSubject, amount: Money, account: Account) -> list[PostingDraft]:
    return [PostingDraft(Account.BANK, amount, subject), PostingDraft(account, -amount, subject)]
