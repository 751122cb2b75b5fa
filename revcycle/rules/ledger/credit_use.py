"""What to book when a patient's credit pays what the same patient owes."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from models.documents.ledger import (
    EntryDraft,
    EntryKind,
    LedgerSubject,
    PatientCredit,
    PatientDue,
    PostingDraft,
)
from models.values.accounts import Account
from models.values.money import ZERO, Money


def credit_use_entry(
    source_key: str,
    used_on: date,
    patient_id: UUID,
    held: Sequence[PatientCredit],
    dues: Sequence[PatientDue],
) -> EntryDraft:
    """Move paid money from where it is not needed to what is due, in the order given.

    The payment itself moves too, so that every charge still shows what was paid for it.

    Source:
        Double entry: Dr patient credit, Cr patient receivable.
    """
    postings = [
        posting
        for credit, due, part in _parts(held, dues)
        for posting in _moved(
            LedgerSubject(patient_id=patient_id, charge_id=credit.charge_id),
            LedgerSubject(patient_id=patient_id, charge_id=due.charge_id),
            part,
        )
    ]
    return EntryDraft.of(EntryKind.CREDIT, source_key, used_on, postings)


def _parts(
    held: Sequence[PatientCredit], dues: Sequence[PatientDue]
) -> Iterator[tuple[PatientCredit, PatientDue, Money]]:
    left = {credit: credit.amount for credit in held}
    for due in dues:
        open_amount = due.amount
        for credit in held:
            part = min(open_amount, left[credit])
            if part > ZERO:
                open_amount -= part
                left[credit] -= part
                yield credit, due, part


def _moved(source: LedgerSubject, target: LedgerSubject, part: Money) -> tuple[PostingDraft, ...]:
    return (
        PostingDraft(Account.PATIENT_CREDIT, part, source),
        PostingDraft(Account.BANK, -part, source),
        PostingDraft(Account.BANK, part, target),
        PostingDraft(Account.AR_PATIENT, -part, target),
    )
