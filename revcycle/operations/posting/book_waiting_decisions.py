"""Book decisions that came before the one that makes room for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.documents.posting import EarlierDecision, MatchedClaim, PostingOutcome
from models.states.claim import ClaimState
from models.tables import Claim
from revcycle.operations.posting.book_match import book_match
from revcycle.operations.posting.keep_unapplied import close_questions
from revcycle.operations.posting.prepare_match import MatchChoice, prepare_match, preview_match
from revcycle.operations.posting.progress import PostingProgress
from revcycle.operations.posting.read_remittance_claim import read_remittance_claim
from revcycle.rules.posting.decision import decided_rank
from revcycle.store import remittances
from revcycle.store.postable_claims import FIRST_RANK

RESOLUTION = "booked after the earlier decision"


def book_waiting_decisions(
    session: Session,
    act: Act,
    progress: PostingProgress,
    matches: Sequence[MatchedClaim],
    claims: Mapping[UUID, Claim],
    plays: Sequence[Play],
) -> int:
    """Book what waits for each claim: a correction after the reversal, a later payer after this.

    Where several wait as the same payer's, a person chooses; return how many were booked.

    Args:
        session: The open transaction.
        act: Who, when.
        progress: The remittance; learns what else moved.
        matches: Its claims.
        claims: Ours, locked.
        plays: What to do about denials.
    """
    sent_on = {one.claim.claim_id for one in matches if one.claim and one.claim.later_payers}
    open_again = {claim.id for claim in claims.values() if claim.state == ClaimState.REVERSED}
    standing = remittances.standing_decisions(session, act.client_id, sent_on | open_again)
    booked = [
        one.remittance_claim_id
        for claim_id, found in standing.items()
        for one in _only_waiting(found, claims[claim_id])
        if _book(session, act, progress, one, plays)
    ]
    close_questions(session, act, booked, resolution=RESOLUTION)
    return len(booked)


def _only_waiting(found: Sequence[EarlierDecision], claim: Claim) -> list[EarlierDecision]:
    """List the one decision that waits as each payer's, the first payer's first.

    A second decision of the claim's own payer waits for a reversal.
    """
    asked_rank = FIRST_RANK if claim.stands_alone else claim.payer_rank
    by_rank: dict[int, list[EarlierDecision]] = defaultdict(list)
    for one in found:
        if one.outcome is PostingOutcome.UNAPPLIED:
            rank = decided_rank(one.status, claim.payer_rank, asked_rank=asked_rank)
            by_rank[rank].append(one)
    if claim.state != ClaimState.REVERSED:
        by_rank.pop(claim.payer_rank, None)
    return [waiting[0] for _, waiting in sorted(by_rank.items()) if len(waiting) == 1]


def _book(
    session: Session,
    act: Act,
    progress: PostingProgress,
    waiting: EarlierDecision,
    plays: Sequence[Play],
) -> bool:
    opened = read_remittance_claim(session, act.client_id, waiting.remittance_claim_id)
    suffix = f":after:{progress.remittance_id}"
    choice = MatchChoice(waiting.claim_id)
    prepared = prepare_match(
        session,
        act,
        opened,
        choice,
        source_suffix=suffix,
        capitated_payers=progress.capitated_payers,
    )
    if preview_match(session, act, prepared).refusal:
        return False
    book_match(session, act, prepared, plays)
    progress.drop_questions([waiting.remittance_claim_id])
    progress.charge_ids |= prepared.progress.charge_ids
    progress.items += prepared.progress.items
    progress.denials_opened += prepared.progress.denials_opened
    return True
