"""What to book when a receivable stands below zero?"""

from datetime import date

from models.documents.ledger import (
    EntryDraft,
    EntryKind,
    LedgerSubject,
    PostingDraft,
    ReceivableLevel,
)
from models.values.accounts import Account
from models.values.money import ZERO


def credit_account(receivable: Account) -> Account:
    """Return the liability that takes what is overpaid on a receivable."""
    patient = receivable is Account.AR_PATIENT
    return Account.PATIENT_CREDIT if patient else Account.INSURANCE_CREDIT


def credit_entry(level: ReceivableLevel, *, cause: str, effective_date: date) -> EntryDraft:
    """Move what is below zero to the liability, or back what the receivable can use again.

    Nothing moves when the receivable is at or above zero and there is no credit. A reversal may
    leave a receivable below zero until the correction comes; the two levels then meet again.

    Source:
        No receivable below zero: the excess is owed back and stands as a liability.
    """
    net = level.balance - level.credit
    move = max(net, ZERO) - level.balance
    subject = LedgerSubject(patient_id=level.patient_id, charge_id=level.charge_id)
    return EntryDraft.of(
        EntryKind.CREDIT,
        f"credit:{cause}:{level.charge_id}:{level.receivable}",
        effective_date,
        (
            PostingDraft(level.receivable, move, subject),
            PostingDraft(
                credit_account(level.receivable), -move, subject, reference=level.receivable
            ),
        ),
    )
