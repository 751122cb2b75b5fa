"""Give a claim that a person corrected back to the scrubber."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.states.transition import IllegalTransitionError
from revcycle.operations.submission.unsent_claims import UNSENT, close_claim_work
from revcycle.store.audit import record_act
from revcycle.store.claims import get_claim
from revcycle.store.state_changes import move


def release_held_claim(session: Session, act: Act, claim_id: UUID) -> None:
    """Make a held or rejected claim a draft again, after its data were put right.

    Its work item is done; if the next scrub still finds something, a new one opens. A claim that
    a payer decided on is not released here: its correction is a replacement, and has a number.

    Raises:
        NotFoundError: this practice has no such claim.
        IllegalTransitionError: it is neither held nor rejected.
    """
    claim = get_claim(session, act.client_id, claim_id)
    if claim.state not in UNSENT:
        raise IllegalTransitionError(ClaimState(claim.state), ClaimEvent.CORRECT)
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CORRECT)
    close_claim_work(session, act, claim_id, resolution="corrected")
    record_act(session, act.client_id, act, "release_held_claim", "claim", claim_id)
