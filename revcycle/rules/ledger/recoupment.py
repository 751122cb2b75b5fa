"""What to book when a payer announces by letter that it takes money back?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.documents.posting import PaidCharge
from models.errors import RejectedError
from models.values.accounts import Account, receivable_of
from models.values.money import ZERO, Money, total


@dataclass(frozen=True, slots=True)
class Recoupment:
    """A letter as it is to be booked.

    Attributes:
        reference: The sub-ledger of the payer's number, under which it will take the money.
        on: The date of the letter.
    """

    source_key: str
    claim_id: UUID
    patient_id: UUID | None
    payer_rank: int
    reference: str
    amount: Money
    on: date


def recoupment_entry(letter: Recoupment, charges: Sequence[PaidCharge]) -> EntryDraft:
    """Book an announced recovery: Dr the payer's receivable, Cr what it will take.

    The amount is split over the charges by what was paid for each, to the cent.

    Raises:
        RejectedError: the amount is not above zero, or more than the payer paid.

    Source:
        X12 RFI 2231: a recovery may be announced by letter and taken by a PLB without a reversal.
    """
    paid = [one for one in charges if one.paid > ZERO]
    if letter.amount <= ZERO or letter.amount > total(one.paid for one in paid):
        msg = "a payer can take back at most what it paid for the claim, and more than nothing"
        raise RejectedError(msg)
    parts = letter.amount.allocate([one.paid.cents for one in paid])
    return EntryDraft.of(
        EntryKind.RECOUPMENT,
        letter.source_key,
        letter.on,
        (
            posting
            for one, part in zip(paid, parts, strict=True)
            for posting in _postings(letter, one.charge_id, part)
        ),
    )


def _postings(letter: Recoupment, charge_id: UUID, part: Money) -> tuple[PostingDraft, ...]:
    subject = LedgerSubject(letter.patient_id, charge_id, letter.claim_id)
    return (
        PostingDraft(receivable_of(letter.payer_rank), part, subject),
        PostingDraft(Account.RECOUPMENT_DUE, -part, subject, reference=letter.reference),
    )


def taken_after_refund_entry(
    source_key: str, on: date, *, remittance_id: UUID, reference: str, amount: Money
) -> EntryDraft:
    """Book money that a payer takes back although our check returned it: Dr what it took, Cr cash.

    The payer has it twice now and owes it: what it took stands in debit under its own number until
    it acknowledges the check or sends the money again.

    Args:
        source_key: The claim of the remittance that takes it.
        on: The day of that remittance.
        remittance_id: The remittance.
        reference: The sub-ledger under which the payer names the refund.
        amount: What the payer paid and took, above zero.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.17: a refund is acknowledged (PLB 72) beside the
        recovery that it answers; until then the recovery stands alone.
    """
    subject = LedgerSubject(remittance_id=remittance_id)
    return EntryDraft.of(
        EntryKind.RECOUPMENT,
        source_key,
        on,
        (
            PostingDraft(Account.RECOUPMENT_DUE, amount, subject, reference=reference),
            PostingDraft(Account.REMITTANCE_CLEARING, -amount, subject),
        ),
    )
