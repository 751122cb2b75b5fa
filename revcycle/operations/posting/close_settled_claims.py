"""Close claims of which nothing is expected any more."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent, DenialState
from revcycle.store.denials import claims_with_unresolved_denials, denials_of_claims
from revcycle.store.postable_claims import lock_claims
from revcycle.store.settled_claims import decided_claim_ranks, insurance_balances
from revcycle.store.state_changes import move

PAGE = 500


def close_settled_claims(session: Session, act: Act) -> int:
    """Close paid and denied claims whose payer owes nothing and whose denials are all resolved.

    A denial that a corrected claim answered is closed with it: the correction has been judged.
    A later reversal opens a closed claim again. Returns how many were closed.
    """
    closed = 0
    after: UUID | None = None
    while ranks := decided_claim_ranks(session, act.client_id, limit=PAGE, after=after):
        closed += _close(session, act, ranks)
        after = max(ranks)
    return closed


def _close(session: Session, act: Act, ranks: dict[UUID, int]) -> int:
    waiting = {
        *insurance_balances(session, act.client_id, ranks),
        *claims_with_unresolved_denials(session, act.client_id, ranks),
    }
    claims = lock_claims(session, act.client_id, ranks.keys() - waiting)
    settled = [
        claim for claim in claims.values() if (claim.state, ClaimEvent.CLOSE) in CLAIM_TRANSITIONS
    ]
    for claim in settled:
        move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CLOSE)
    for denial in denials_of_claims(session, act.client_id, [claim.id for claim in settled]):
        if denial.state == DenialState.CORRECTED:
            move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.CLOSE)
    return len(settled)
