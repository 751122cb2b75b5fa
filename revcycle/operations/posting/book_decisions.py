"""Book what payers decided: payments, adjustments, denials, and the claims' new states."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import NewDenial, Play
from models.documents.posting import MatchedClaim, PostableClaim, PostingOutcome
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.tables import Claim
from models.values.accounts import Account, receivable_of
from models.values.money import ZERO, Money
from revcycle.operations.denials.open_denials import open_denials
from revcycle.operations.posting.keep_unapplied import (
    SECOND_DECISION,
    UNEXPECTED_DECISION,
    UNMATCHED_LINES,
    Unbookable,
)
from revcycle.operations.posting.progress import PostingProgress
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.posting.claim_booking import (
    BookedClaim,
    Booking,
    book_claim,
    has_known_lines,
)
from revcycle.rules.posting.decision import DECIDED_STATES, decided_rank, may_decide
from revcycle.store import ledger, remittances
from revcycle.store.state_changes import move

DETAIL_LENGTH = 400
Decision = tuple[MatchedClaim, PostableClaim]
Place = tuple[UUID, int]  # a claim and as which payer it was decided


@dataclass(frozen=True, slots=True)
class _Judgement:
    """Decisions that can be booked and those that cannot."""

    bookable: list[Decision]
    unbookable: list[Unbookable]


def book_decisions(
    session: Session,
    act: Act,
    progress: PostingProgress,
    decisions: Sequence[Decision],
    claims: Mapping[UUID, Claim],
    plays: Sequence[Play],
) -> list[Unbookable]:
    """Book each decision that its claim waits for; call it after the reversals.

    Returns:
        Decisions that a person must look at: a second one, or one nobody waited for.
    """
    judged = _judge(session, act, progress, decisions, claims)
    booked = _book(session, act, progress, judged.bookable)
    denied = [
        denial
        for (match, claim), booking in booked
        for denial in _new_denials(act, match, claim, booking, plays)
    ]
    progress.denials_opened += open_denials(session, act, denied)
    for (match, claim), booking in booked:
        _settle(session, act, match, claims[claim.claim_id], booking)
        progress.outcomes[match.remittance_claim_id] = PostingOutcome.DECIDED
        progress.ranks[match.remittance_claim_id] = match.rank
        progress.charge_ids.update(line.charge_id for line in claim.lines)
        _ask(progress, match, booking)
    return judged.unbookable


def _judge(
    session: Session,
    act: Act,
    progress: PostingProgress,
    decisions: Sequence[Decision],
    claims: Mapping[UUID, Claim],
) -> _Judgement:
    """Tell decisions that claims wait for from others; of two for one claim the first counts."""
    standing = _standing(session, act, progress, decisions)
    booked: set[Place] = set()
    judged = _Judgement([], [])
    for match, claim in decisions:
        own = (claim.claim_id, claim.payer_rank)
        state = ClaimState(claims[claim.claim_id].state)
        ranked, reason = match, ""
        if not may_decide(state) or own in booked:
            ranked, reason = _look_again(match, claim, state, standing | booked)
        if not has_known_lines(ranked, claim):
            reason = UNMATCHED_LINES
        if reason:
            judged.unbookable.append(Unbookable(ranked, reason))
        else:
            judged.bookable.append((ranked, claim))
            booked.add((claim.claim_id, ranked.rank))
    return judged


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


def _look_again(
    match: MatchedClaim, claim: PostableClaim, state: ClaimState, decided: AbstractSet[Place]
) -> tuple[MatchedClaim, str]:
    """Judge a decision nobody waits for: a later payer's under our first number, or a doubt."""
    rank = decided_rank(match.decision.status, claim.payer_rank)
    is_decided = (claim.claim_id, claim.payer_rank) in decided
    if is_decided and rank > claim.payer_rank and (claim.claim_id, rank) not in decided:
        return replace(match, rank=rank), ""
    is_second = is_decided or state in DECIDED_STATES
    return match, SECOND_DECISION if is_second else UNEXPECTED_DECISION


def _book(
    session: Session, act: Act, progress: PostingProgress, decisions: Sequence[Decision]
) -> list[tuple[Decision, BookedClaim]]:
    charge_ids = [line.charge_id for _, claim in decisions for line in claim.lines]
    balances = ledger.balances_of_charges(session, act.client_id, charge_ids)
    booked = []
    for match, claim in decisions:
        receivable = receivable_of(match.rank)
        booking = Booking(
            owed=_owed(balances, claim, receivable),
            remittance_id=progress.remittance_id,
            effective_date=progress.effective_date,
            reference=progress.reference,
        )
        booked.append(((match, claim), book_claim(match, claim, booking)))
    entries = [entry for _, booking in booked for entry in booking.entries]
    ledger.insert_entries(session, act.client_id, act, entries)
    return booked


def _owed(
    balances: Mapping[UUID, Mapping[Account, Money]], claim: PostableClaim, receivable: Account
) -> dict[UUID, Money]:
    return {
        line.charge_id: balances.get(line.charge_id, {}).get(receivable, ZERO)
        for line in claim.lines
    }


def _new_denials(
    act: Act,
    match: MatchedClaim,
    claim: PostableClaim,
    booking: BookedClaim,
    plays: Sequence[Play],
) -> list[NewDenial]:
    new = []
    for denied in booking.denied:
        adjustment = denied.share.adjustment
        play = find_play(
            adjustment.group, adjustment.reason, denied.remarks, claim.payer_key, plays
        )
        place = (denied.share.line_ordinal, denied.share.ordinal)
        new.append(
            NewDenial(
                claim_id=claim.claim_id,
                charge_id=denied.charge_id,
                remittance_adjustment_id=match.adjustment_ids[place],
                group=adjustment.group,
                reason=adjustment.reason,
                remarks=denied.remarks,
                amount=adjustment.amount,
                play=play,
                due_on=act.today + timedelta(days=play.due_days),
            )
        )
    return new


def _settle(
    session: Session, act: Act, match: MatchedClaim, claim: Claim, booking: BookedClaim
) -> None:
    """Move the claim; what a later payer decided under its number moves nothing."""
    if match.rank != claim.payer_rank:
        return
    event = ClaimEvent.DENY if booking.denied else ClaimEvent.PAY
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, event)
    if match.decision.payer_claim_control_number:
        claim.payer_claim_control_number = match.decision.payer_claim_control_number


def _ask(progress: PostingProgress, match: MatchedClaim, booking: BookedClaim) -> None:
    """Open one review for everything doubtful about a claim."""
    if booking.findings:
        detail = "; ".join(
            f"{finding.rule_id}: {finding.message} {finding.position}".strip()
            for finding in booking.findings
        )
        progress.ask_about(match, booking.findings[0].rule_id, detail[:DETAIL_LENGTH])
