"""Take earlier decisions back as the payer says, to the cent."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.posting import EarlierDecision, MatchedClaim, PostingOutcome
from models.tables import Claim
from revcycle.operations.posting.keep_unapplied import (
    UNKNOWN_ORIGINAL,
    Unbookable,
    close_questions,
)
from revcycle.operations.posting.progress import PostingProgress
from revcycle.operations.posting.take_decisions_back import take_decisions_back
from revcycle.rules.posting.original import find_original
from revcycle.store import remittances
from revcycle.store.pending_reversals import adjustments_of_decisions


def reverse_decisions(
    session: Session,
    act: Act,
    progress: PostingProgress,
    reversals: Sequence[MatchedClaim],
    claims: Mapping[UUID, Claim],
) -> list[Unbookable]:
    """Negate what each reversed decision booked and what people did about its denials.

    Returns:
        Reversals without a known original.
    """
    originals = _find_originals(session, act, reversals)
    for match, original in originals:
        progress.outcomes[match.remittance_claim_id] = PostingOutcome.REVERSED
        progress.reversed_ids[match.remittance_claim_id] = original.remittance_claim_id
    take_decisions_back(
        session,
        act,
        progress,
        [decision for _, decision in originals],
        claims,
        taken_on=progress.effective_date,
    )
    close_questions(
        session,
        act,
        [original.remittance_claim_id for _, original in originals],
        resolution="taken back by the payer",
    )
    found = {match.remittance_claim_id for match, _ in originals}
    return [
        Unbookable(match, UNKNOWN_ORIGINAL)
        for match in reversals
        if match.remittance_claim_id not in found
    ]


def _find_originals(
    session: Session, act: Act, reversals: Sequence[MatchedClaim]
) -> list[tuple[MatchedClaim, EarlierDecision]]:
    claim_ids = [match.claim.claim_id for match in reversals if match.claim]
    standing = remittances.standing_decisions(session, act.client_id, claim_ids)
    decided = [one.remittance_claim_id for found in standing.values() for one in found]
    adjusted = adjustments_of_decisions(session, act.client_id, decided)
    originals = []
    for match in reversals:
        candidates = standing.get(match.claim.claim_id, []) if match.claim else []
        original = find_original(match.decision, candidates, adjusted)
        if original is not None:
            candidates.remove(original)
            originals.append((match, original))
    return originals
