"""Tell decisions that our claims wait for from those that a person must look at."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.posting import MatchedClaim, PostableClaim, PostingOutcome
from models.states.claim import ClaimState
from models.tables import Claim
from models.values.accounts import Account, receivable_of
from models.values.money import ZERO, Money
from revcycle.operations.posting.keep_unapplied import (
    EARLIER_PAYER_MISSING,
    SECOND_DECISION,
    UNEXPECTED_DECISION,
    UNMATCHED_LINES,
    Unbookable,
)
from revcycle.operations.posting.progress import PostingProgress
from revcycle.rules.posting.claim_booking import BookedClaim, Booking, book_claim, has_known_lines
from revcycle.rules.posting.decision import DECIDED_STATES, decided_rank, may_decide
from revcycle.store import ledger, remittances

Decision = tuple[MatchedClaim, PostableClaim]
Place = tuple[UUID, int]  # a claim and as which payer it was decided


@dataclass(frozen=True, slots=True)
class Judgement:
    """Decisions that can be booked and those that cannot."""

    bookable: list[Decision]
    unbookable: list[Unbookable]


def judge_decisions(
    session: Session,
    act: Act,
    progress: PostingProgress,
    decisions: Sequence[Decision],
    claims: Mapping[UUID, Claim],
) -> Judgement:
    """Tell decisions that claims wait for from others; of two for one claim the first counts."""
    standing = _standing(session, act, progress, decisions)
    booked: set[Place] = set()
    judged = Judgement([], [])
    for match, claim in decisions:
        own = (claim.claim_id, claim.payer_rank)
        state = ClaimState(claims[claim.claim_id].state)
        ranked, reason = match, ""
        if _comes_too_early(match, claim, standing | booked, progress.document.payer_id):
            reason = EARLIER_PAYER_MISSING
        elif not may_decide(state) or own in booked:
            ranked, reason = _look_again(match, claim, state, standing | booked)
        if not has_known_lines(ranked, claim):
            reason = UNMATCHED_LINES
        if reason:
            judged.unbookable.append(Unbookable(ranked, reason))
        else:
            judged.bookable.append((ranked, claim))
            booked.add((claim.claim_id, ranked.rank))
    return judged


def compute_bookings(
    session: Session, client_id: UUID, progress: PostingProgress, decisions: Sequence[Decision]
) -> list[tuple[Decision, BookedClaim]]:
    """Work out what each decision books on the balances as they are; nothing is booked."""
    charge_ids = [line.charge_id for _, claim in decisions for line in claim.lines]
    balances = ledger.balances_of_charges(session, client_id, charge_ids)
    booked = []
    for match, claim in decisions:
        booking = Booking(
            owed=_owed(balances, claim, receivable_of(match.rank)),
            remittance_id=progress.remittance_id,
            effective_date=progress.effective_date,
            reference=progress.reference,
            source_suffix=progress.source_suffix,
            is_capitated=claim.payer_key in progress.capitated_payers,
        )
        booked.append(((match, claim), book_claim(match, claim, booking)))
    return booked


def _standing(
    session: Session, act: Act, progress: PostingProgress, decisions: Sequence[Decision]
) -> set[Place]:
    ids = [claim.claim_id for _, claim in decisions]
    taken_back = set(progress.reversed_ids.values())
    return {
        (claim_id, earlier.rank)
        for claim_id, found in remittances.standing_decisions(session, act.client_id, ids).items()
        for earlier in found
        if earlier.outcome is PostingOutcome.DECIDED
        and earlier.remittance_claim_id not in taken_back
    }


def _comes_too_early(
    match: MatchedClaim, claim: PostableClaim, decided: AbstractSet[Place], payer_id: str
) -> bool:
    """Tell whether a payer that the claim was sent on to answers before the ones before it."""
    if payer_id not in claim.later_payers:
        return False
    rank = decided_rank(match.decision.status, claim.payer_rank, asked_rank=claim.asked_rank)
    earlier = {claim.payer_rank, *claim.later_payers.values()}
    return any((claim.claim_id, one) not in decided for one in earlier if one < rank)


def _look_again(
    match: MatchedClaim, claim: PostableClaim, state: ClaimState, decided: AbstractSet[Place]
) -> tuple[MatchedClaim, str]:
    """Judge a decision nobody waits for: a later payer's under our first number, or a doubt."""
    rank = decided_rank(match.decision.status, claim.payer_rank, asked_rank=claim.asked_rank)
    is_decided = (claim.claim_id, claim.payer_rank) in decided
    if is_decided and rank > claim.payer_rank and (claim.claim_id, rank) not in decided:
        return replace(match, rank=rank), ""
    is_second = is_decided or state in DECIDED_STATES
    return match, SECOND_DECISION if is_second else UNEXPECTED_DECISION


def _owed(
    balances: Mapping[UUID, Mapping[Account, Money]], claim: PostableClaim, receivable: Account
) -> dict[UUID, Money]:
    return {
        line.charge_id: balances.get(line.charge_id, {}).get(receivable, ZERO)
        for line in claim.lines
    }
