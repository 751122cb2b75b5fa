"""Work out what it would book to give a claim of a remittance to a claim of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding
from models.documents.ledger import BookedEntry, EntryDraft, EntryKind
from models.documents.posting import MatchedClaim, PostableClaim, PostableLine
from models.errors import RejectedError
from models.tables import Claim
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.posting.judge_decisions import compute_bookings, judge_decisions
from revcycle.operations.posting.keep_unapplied import (
    EARLIER_PAYER_MISSING,
    NO_DECISION,
    SECOND_DECISION,
    UNEXPECTED_DECISION,
    UNKNOWN_ORIGINAL,
    UNMATCHED_LINES,
)
from revcycle.operations.posting.progress import PostingProgress
from revcycle.operations.posting.read_remittance_claim import OpenedRemittanceClaim
from revcycle.operations.posting.take_decisions_back import standing_payments
from revcycle.rules.ledger.reversal import reversal_of
from revcycle.rules.ledger.totals import account_totals
from revcycle.rules.posting.claim_booking import DeniedCharge, source_key
from revcycle.rules.posting.decision import DecisionKind, decision_kind
from revcycle.rules.posting.matching import match_lines, merged_lines
from revcycle.rules.posting.original import find_original
from revcycle.store import remittances, standing_entries, work_lists
from revcycle.store.pending_reversals import adjustments_of_decisions
from revcycle.store.postable_claims import get_postable_claim, lock_claims
from revcycle.store.remittance_claims import adjustment_ids

WHY_NOT: Final[Mapping[str, str]] = MappingProxyType(
    {
        NO_DECISION: "the payer decided nothing here, so there is nothing to book",
        SECOND_DECISION: "this claim has a decision already; a second one waits for the payer's"
        " reversal, or until the first is taken off the claim",
        EARLIER_PAYER_MISSING: "a later payer decided this; it is booked by itself after the"
        " decision of the payer before",
        UNEXPECTED_DECISION: "this claim is not at the payer, so it waits for no decision",
        UNKNOWN_ORIGINAL: "no decision of this claim has the charge and payment that is taken back",
        UNMATCHED_LINES: "say which of our lines is meant; none is surely one of the payer's",
    }
)


@dataclass(frozen=True, slots=True)
class MatchChoice:
    """What a person chose.

    Attributes:
        claim_id: Ours.
        line_ids: Ours for each line of the payer, None where none is; None as a whole leaves it
            to what the lines say themselves.
    """

    claim_id: UUID
    line_ids: tuple[UUID | None, ...] | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PreparedMatch:
    """A claim of a remittance beside the claim of ours that was chosen.

    Attributes:
        claims: Ours, locked.
        kept: The entries that hold its money as unapplied.
    """

    kind: DecisionKind
    match: MatchedClaim
    claim: PostableClaim
    claims: Mapping[UUID, Claim]
    progress: PostingProgress
    kept: tuple[BookedEntry, ...]


@dataclass(frozen=True, slots=True)
class MatchPreview:
    """What a match would book, before it is booked.

    Attributes:
        refusal: Why it cannot be booked, in words; empty if it can.
        lines: Our line for each of the payer's.
        entries: In the order in which they would be booked; the first take the money out of
            where it waits.
    """

    refusal: str
    lines: tuple[PostableLine | None, ...]
    entries: tuple[EntryDraft, ...] = ()
    denied: tuple[DeniedCharge, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def totals(self) -> dict[Account, Money]:
        """What the entries move together, by account."""
        return account_totals(posting for entry in self.entries for posting in entry.postings)


def prepare_match(
    session: Session,
    act: Act,
    opened: OpenedRemittanceClaim,
    choice: MatchChoice,
    *,
    source_suffix: str,
    capitated_payers: frozenset[str] = frozenset(),
) -> PreparedMatch:
    """Put a claim of a remittance beside the claim that a person chose.

    Args:
        session: The open transaction.
        act: Who asks.
        opened: The payer's claim.
        choice: Ours, and which lines.
        source_suffix: Ends the keys of what it would book.
        capitated_payers: Keys of payers that pay the practice per person.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: it was given to a claim meanwhile, or a chosen line is not of the claim.
    """
    if not opened.is_unapplied:
        msg = "somebody matched this payment meanwhile, or the payer took it back"
        raise RejectedError(msg)
    claim = get_postable_claim(session, act.client_id, choice.claim_id)
    decision = opened.decision
    lines = _lines(opened, claim, choice)
    match = MatchedClaim(
        remittance_claim_id=opened.facts.id,
        ordinal=opened.facts.ordinal,
        decision=decision,
        claim=claim,
        lines=lines,
        adjustment_ids=adjustment_ids(session, act.client_id, opened.facts.id),
        rank=claim.payer_rank,
        merged=merged_lines(decision.lines, claim, lines),
    )
    return PreparedMatch(
        kind=decision_kind(decision),
        match=match,
        claim=claim,
        claims=lock_claims(session, act.client_id, [claim.claim_id]),
        progress=opened.progress(source_suffix, capitated_payers),
        kept=kept_entries(
            session,
            act.client_id,
            opened.facts.id,
            remittance_id=opened.facts.remittance_id,
            ordinal=opened.facts.ordinal,
        ),
    )


def preview_match(session: Session, act: Act, prepared: PreparedMatch) -> MatchPreview:
    """Work out everything that a match would book; nothing is booked."""
    release = [_negated(prepared, entry) for entry in prepared.kept]
    if prepared.kind is DecisionKind.DECIDES:
        return _preview_decision(session, act, prepared, release)
    if prepared.kind is DecisionKind.REVERSES:
        return _preview_reversal(session, act, prepared, release)
    return MatchPreview(WHY_NOT[NO_DECISION], prepared.match.lines)


def kept_entries(
    session: Session,
    client_id: UUID,
    remittance_claim_id: UUID,
    *,
    remittance_id: UUID,
    ordinal: int,
) -> tuple[BookedEntry, ...]:
    """List the entries that hold the money of a claim of a remittance as unapplied."""
    about = [("remittance_claim", remittance_claim_id)]
    items = work_lists.list_work_of_subject(session, client_id, about)
    keys = [
        source_key(remittance_id, ordinal, 0, suffix)
        for suffix in ("", *(suffix_of(item.id) for item in items))
    ]
    found = standing_entries.unreversed_entries_of_sources(
        session, client_id, keys, [EntryKind.UNAPPLIED]
    )
    return tuple(found)


def suffix_of(work_item_id: UUID) -> str:
    """End the keys of what is booked because of one work item: each item books once."""
    return f":{work_item_id}"


def _lines(
    opened: OpenedRemittanceClaim, claim: PostableClaim, choice: MatchChoice
) -> tuple[PostableLine | None, ...]:
    lines = opened.decision.lines
    if choice.line_ids is None:
        return match_lines(lines, claim)
    ours = {line.claim_line_id: line for line in claim.lines}
    if len(choice.line_ids) != len(lines) or not set(choice.line_ids) <= {None, *ours}:
        msg = "a chosen line is not one of this claim"
        raise RejectedError(msg)
    return tuple(ours[line_id] if line_id else None for line_id in choice.line_ids)


def _preview_decision(
    session: Session, act: Act, prepared: PreparedMatch, release: Sequence[EntryDraft]
) -> MatchPreview:
    decisions = [(prepared.match, prepared.claim)]
    judged = judge_decisions(session, act, prepared.progress, decisions, prepared.claims)
    if judged.unbookable:
        return MatchPreview(WHY_NOT[judged.unbookable[0].reason], prepared.match.lines)
    booked = compute_bookings(session, act.client_id, prepared.progress, judged.bookable)
    _, booking = booked[0]
    entries = (*release, *(entry for entry in booking.entries if entry.postings))
    return MatchPreview(
        refusal="",
        lines=prepared.match.lines,
        entries=entries,
        denied=booking.denied,
        findings=booking.findings,
    )


def _preview_reversal(
    session: Session, act: Act, prepared: PreparedMatch, release: Sequence[EntryDraft]
) -> MatchPreview:
    claim_id = prepared.claim.claim_id
    standing = remittances.standing_decisions(session, act.client_id, [claim_id])
    candidates = standing.get(claim_id, [])
    decided = [one.remittance_claim_id for one in candidates]
    adjusted = adjustments_of_decisions(session, act.client_id, decided)
    original = find_original(prepared.match.decision, candidates, adjusted)
    if original is None:
        return MatchPreview(WHY_NOT[UNKNOWN_ORIGINAL], prepared.match.lines)
    booked = standing_payments(session, act.client_id, [original])
    entries = (*release, *(_negated(prepared, entry) for entry in booked))
    return MatchPreview("", prepared.match.lines, entries)


def _negated(prepared: PreparedMatch, entry: BookedEntry) -> EntryDraft:
    progress = prepared.progress
    return reversal_of(
        entry, effective_date=progress.effective_date, remittance_id=progress.remittance_id
    )
