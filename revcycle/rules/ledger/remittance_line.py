"""What to book for one line of a remittance?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from models.documents.claim import Adjustment
from models.documents.finding import Finding, Severity
from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.values.accounts import Account, receivable_of
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.treatment import Treatment, treatment_of

BEYOND_BALANCE: Final = "posting.paid_beyond_balance"
CAPPED: Final = "posting.adjustment_capped"
PRIOR_PAYER_DIFFERS: Final = "posting.prior_payer_differs"

# Who gets what is left of the balance: first what people must know of, last what is given up.
CAPPING_ORDER: Final = (
    Treatment.PATIENT_SHARE,
    Treatment.DENIED,
    Treatment.SEQUESTRATION,
    Treatment.WITHHELD,
    Treatment.CONTRACTUAL,
)
GIVEN_UP: Final = (Treatment.SEQUESTRATION, Treatment.WITHHELD, Treatment.CONTRACTUAL)


@dataclass(frozen=True, slots=True)
class AdjustmentShare:
    """An adjustment, or the part of a claim-level one that falls on this line.

    Attributes:
        line_ordinal: Where the payer wrote it: 0 is the claim level.
        ordinal: Its place there, from 1.
    """

    line_ordinal: int
    ordinal: int
    adjustment: Adjustment


@dataclass(frozen=True, slots=True)
class LineToBook:
    """One line as the payer decided it, on one charge of ours.

    Attributes:
        owed: What this payer's receivable of the charge holds before.
        next_receivable: Where the patient's share goes: the next payer's, or the patient's.
        paid: The payment, less what claim-level adjustments took of it.
        is_capitated: The payer pays this practice per person.
    """

    source_key: str
    effective_date: date
    subject: LedgerSubject
    payer_rank: int
    next_receivable: Account
    owed: Money
    charge: Money
    paid: Money
    shares: tuple[AdjustmentShare, ...]
    is_capitated: bool = False


@dataclass(frozen=True, slots=True)
class BookedLine:
    """The entry of a line, and what else follows from it.

    Attributes:
        settled: By how much the payer owes less than before.
        denied: What now stands as denied, each with the amount booked.
    """

    entry: EntryDraft
    settled: Money
    denied: tuple[AdjustmentShare, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One share with its treatment and the amount that is booked of it."""

    share: AdjustmentShare
    treatment: Treatment
    amount: Money


def book_remittance_line(line: LineToBook) -> BookedLine:
    """Book payment and adjustments of one line against what the payer still owes.

    What an earlier payer did is never booked again, and nothing lowers a receivable below zero:
    adjustments are booked up to what is left, and what is paid beyond it is owed back. For a first
    payer who owes the whole charge the entry is the line itself: payment plus adjustments equal
    the charge.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.1.1; X12 RFI 1696 (write-offs of a secondary
        payer are limited to the balance).
    """
    parts = [_Part(share, _treatment(line, share), ZERO) for share in line.shares]
    raised = total(
        -part.share.adjustment.amount
        for part in parts
        if part.treatment in GIVEN_UP and part.share.adjustment.amount < ZERO
    )
    available = line.owed + raised
    kept = min(line.paid, available)
    booked, left = _capped(parts, available - kept)
    return BookedLine(
        entry=_entry(line, booked, excess=line.paid - kept, settled=line.owed - left),
        settled=line.owed - left,
        denied=tuple(_denied(booked)),
        findings=tuple(_findings(line, booked, excess=line.paid - kept)),
    )


def _treatment(line: LineToBook, share: AdjustmentShare) -> Treatment:
    return treatment_of(
        share.adjustment,
        line_charge=line.charge,
        line_paid=line.paid,
        is_capitated=line.is_capitated,
    )


def _capped(parts: Sequence[_Part], left: Money) -> tuple[list[_Part], Money]:
    """Give each part its amount, in capping order, while anything is left."""
    booked = []
    for treatment in CAPPING_ORDER:
        for part in parts:
            if part.treatment is not treatment:
                continue
            wanted = part.share.adjustment.amount
            if wanted > ZERO:
                amount = min(wanted, left)
                left -= amount
            else:
                amount = wanted if treatment in GIVEN_UP else ZERO
            booked.append(replace(part, amount=amount))
    return booked, left


def _entry(
    line: LineToBook, booked: Sequence[_Part], *, excess: Money, settled: Money
) -> EntryDraft:
    receivable = receivable_of(line.payer_rank)
    return EntryDraft.of(
        EntryKind.REMITTANCE_LINE,
        line.source_key,
        line.effective_date,
        (
            PostingDraft(Account.REMITTANCE_CLEARING, line.paid, line.subject),
            *(_posting(line, part) for part in booked),
            PostingDraft(Account.INSURANCE_CREDIT, -excess, line.subject, reference=receivable),
            PostingDraft(receivable, -settled, line.subject),
        ),
    )


def _posting(line: LineToBook, part: _Part) -> PostingDraft:
    accounts = {
        Treatment.PATIENT_SHARE: line.next_receivable,
        Treatment.DENIED: Account.AR_DENIED,
        Treatment.CONTRACTUAL: Account.CONTRACTUAL,
        Treatment.SEQUESTRATION: Account.SEQUESTRATION,
        Treatment.WITHHELD: Account.WITHHOLD,
    }
    adjustment = part.share.adjustment
    return PostingDraft(
        accounts[part.treatment],
        part.amount,
        line.subject,
        group=adjustment.group,
        reason=adjustment.reason,
    )


def _denied(booked: Sequence[_Part]) -> Iterator[AdjustmentShare]:
    for part in booked:
        if part.treatment is Treatment.DENIED and part.amount:
            adjustment = replace(part.share.adjustment, amount=part.amount)
            yield replace(part.share, adjustment=adjustment)


def _findings(line: LineToBook, booked: Sequence[_Part], *, excess: Money) -> Iterator[Finding]:
    if excess:
        message = f"{excess} was paid beyond what was owed"
        yield Finding(BEYOND_BALANCE, Severity.WARNING, "paid", message)
    unbooked = total(part.share.adjustment.amount - part.amount for part in booked)
    if any(part.share.adjustment.amount != part.amount for part in booked):
        message = f"{unbooked} of the adjustments is more than the balance and was not booked"
        yield Finding(CAPPED, Severity.WARNING, "adjustments", message)
    yield from _prior_payer_gap(line)


def _prior_payer_gap(line: LineToBook) -> Iterator[Finding]:
    """Compare what the payer says of earlier payers with what we booked of them."""
    said = [
        share.adjustment.amount
        for share in line.shares
        if _treatment(line, share) is Treatment.PRIOR_PAYER
    ]
    booked = line.charge - line.owed
    if said and total(said) != booked:
        message = f"earlier payers settled {booked} in our books, {total(said)} in the remittance"
        yield Finding(PRIOR_PAYER_DIFFERS, Severity.WARNING, "adjustments", message)
