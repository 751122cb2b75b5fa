"""What to book for one decided claim?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from models.documents.finding import Finding, Severity
from models.documents.ledger import EntryDraft, LedgerSubject
from models.documents.posting import MatchedClaim, PostableClaim, PostableLine
from models.values.accounts import Account, receivable_of
from models.values.money import ZERO, Money
from revcycle.rules.ledger.movements import unapplied_entry
from revcycle.rules.ledger.remittance_line import (
    AdjustmentShare,
    BookedLine,
    LineToBook,
    book_remittance_line,
)
from revcycle.rules.posting.claim_level import (
    DecidedLine,
    decided_lines,
    is_explained,
    lines_of_whole,
    split_line,
)
from revcycle.rules.posting.decision import FORWARDED_STATUSES, HIGHEST_RANK

UNMATCHED_LINE: Final = "posting.unmatched_line"
LEFT_AT_PAYER: Final = "posting.left_at_payer"
FORWARDED_TO_UNKNOWN: Final = "posting.forwarded_to_unknown"
_Pair = tuple[int, DecidedLine, PostableLine | None]  # the payer's place, from 1; 0 the claim


@dataclass(frozen=True, slots=True)
class DeniedCharge:
    """An adjustment that denies a charge, with the remarks that explain it."""

    charge_id: UUID
    share: AdjustmentShare
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookedClaim:
    """All that follows from one decided claim."""

    entries: tuple[EntryDraft, ...]
    denied: tuple[DeniedCharge, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Booking:
    """Where a decided claim is booked.

    Attributes:
        owed: What the receivable of this payer holds per charge, before.
        remittance_id: The payment that carries the decision.
        effective_date: The day of the payment.
        reference: The sub-ledger of money that cannot be applied.
        source_suffix: Ends the keys of the entries, where this is not the first booking of the
            claim: a decision that was taken off one claim and put on another is booked twice.
        is_capitated: The payer pays this practice per person.
    """

    owed: Mapping[UUID, Money]
    remittance_id: UUID
    effective_date: date
    reference: str
    source_suffix: str = ""
    is_capitated: bool = False


def book_claim(match: MatchedClaim, claim: PostableClaim, booking: Booking) -> BookedClaim:
    """Book a decided claim line by line; money of a line that is not ours stays unapplied.

    Two lines of the payer on one charge of ours are booked one after the other.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.1 (balancing, line by line).
    """
    left = dict(booking.owed)
    entries: list[EntryDraft] = []
    denied: list[DeniedCharge] = []
    findings: list[Finding] = []
    for ordinal, (place, line, ours) in enumerate(_lines(match, claim), start=1):
        if ours is None:
            entries.append(_unapplied(match, claim, booking, ordinal, line))
            findings.append(_unmatched(place))
            continue
        to_book = _line_to_book(match, claim, booking, ordinal, (line, ours))
        booked = book_remittance_line(replace(to_book, owed=left.get(ours.charge_id, ZERO)))
        left[ours.charge_id] = left.get(ours.charge_id, ZERO) - booked.settled
        entries.append(booked.entry)
        denied.extend(_denied(match, ours, booked))
        findings.extend(booked.findings)
    findings.extend(_open_questions(match, claim, left))
    return BookedClaim(tuple(entries), tuple(denied), tuple(findings))


def source_key(remittance_id: UUID, claim_ordinal: int, ordinal: int, suffix: str = "") -> str:
    """Name what an entry books of a remittance: a line from 1, or at 0 the claim as a whole.

    Source:
        One fact is booked once; the books refuse a second entry of the same key.
    """
    return f"remit:{remittance_id}:{claim_ordinal}:{ordinal}{suffix}"


def has_known_lines(match: MatchedClaim, claim: PostableClaim) -> bool:
    """Tell whether anything of a decided claim can be booked on a charge of ours.

    Source:
        What is ambiguous goes to a person, and its money stays unapplied.
    """
    return any(ours is not None for _, _, ours in _lines(match, claim))


def next_receivable(match: MatchedClaim, claim: PostableClaim) -> Account:
    """Tell who owes the patient's share: the next payer, known or forwarded to, or the patient.

    Source:
        Coordination of benefits: what one payer leaves to the patient, the next is asked first.
    """
    following = claim.rank_after(match.rank)
    if following is not None:
        return receivable_of(following)
    if _is_forwarded(match) and match.rank < HIGHEST_RANK:
        return receivable_of(match.rank + 1)
    return Account.AR_PATIENT


def _line_to_book(
    match: MatchedClaim,
    claim: PostableClaim,
    booking: Booking,
    ordinal: int,
    pair: tuple[DecidedLine, PostableLine],
) -> LineToBook:
    line, ours = pair
    return LineToBook(
        source_key=_source_key(match, booking, ordinal),
        effective_date=booking.effective_date,
        subject=LedgerSubject(
            claim.patient_id, ours.charge_id, claim.claim_id, booking.remittance_id
        ),
        payer_rank=match.rank,
        next_receivable=next_receivable(match, claim),
        owed=booking.owed.get(ours.charge_id, ZERO),
        charge=line.charge,
        paid=line.paid,
        shares=line.shares,
        is_capitated=booking.is_capitated,
    )


def _unapplied(
    match: MatchedClaim, claim: PostableClaim, booking: Booking, ordinal: int, line: DecidedLine
) -> EntryDraft:
    return unapplied_entry(
        _source_key(match, booking, ordinal),
        booking.effective_date,
        LedgerSubject(claim.patient_id, None, claim.claim_id, booking.remittance_id),
        line.paid,
        reference=booking.reference,
    )


def _source_key(match: MatchedClaim, booking: Booking, ordinal: int) -> str:
    return source_key(booking.remittance_id, match.ordinal, ordinal, booking.source_suffix)


def _lines(match: MatchedClaim, claim: PostableClaim) -> list[_Pair]:
    decision = match.decision
    if decision.lines:
        return list(_decided_pairs(match))
    charges = [line.charge for line in claim.lines]
    if is_explained(decision, charges):
        whole = lines_of_whole(decision, charges)
        return [(0, line, ours) for line, ours in zip(whole, claim.lines, strict=True)]
    return [(0, DecidedLine(decision.charge, decision.paid, ()), None)]


def _decided_pairs(match: MatchedClaim) -> Iterator[_Pair]:
    """Yield each line of the payer with ours; one that stands for several of ours, in parts."""
    decided = decided_lines(match.decision)
    for place, (line, ours) in enumerate(zip(decided, match.lines, strict=True), start=1):
        parts = match.merged.get(place, ())
        if not parts:
            yield place, line, ours
            continue
        for part, our in zip(split_line(line, [our.charge for our in parts]), parts, strict=True):
            yield place, part, our


def _denied(match: MatchedClaim, ours: PostableLine, booked: BookedLine) -> Iterator[DeniedCharge]:
    decision = match.decision
    for share in booked.denied:
        of_line = decision.lines[share.line_ordinal - 1].remarks if share.line_ordinal else ()
        yield DeniedCharge(ours.charge_id, share, (*of_line, *decision.remarks))


def _open_questions(
    match: MatchedClaim, claim: PostableClaim, left: Mapping[UUID, Money]
) -> Iterator[Finding]:
    if any(left.get(line.charge_id, ZERO) > ZERO for line in claim.lines):
        message = "the payer decided, and a part of the charge is still with it"
        yield Finding(LEFT_AT_PAYER, Severity.WARNING, "charge", message)
    if _is_forwarded(match) and claim.rank_after(match.rank) is None:
        message = "the payer forwarded the claim to a payer we do not know"
        yield Finding(FORWARDED_TO_UNKNOWN, Severity.WARNING, "coverage", message)


def _is_forwarded(match: MatchedClaim) -> bool:
    return match.decision.status in FORWARDED_STATUSES


def _unmatched(ordinal: int) -> Finding:
    message = "none of our lines is surely this one; its payment is unapplied"
    return Finding(UNMATCHED_LINE, Severity.WARNING, "line", message, f"line {ordinal}")
