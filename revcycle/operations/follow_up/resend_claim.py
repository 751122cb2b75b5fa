"""Send a claim again as it was first sent, because its payer does not have it."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.practice import PracticeFacts
from models.errors import RejectedError
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.states.status_check import StatusCheckState, StatusVerdict
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.release_clean_claim import release_clean_claim
from revcycle.rules.submission.scrub import ScrubPolicy
from revcycle.store import claims, silent_claims, status_checks
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def may_resend(session: Session, client_id: UUID, claim_id: UUID) -> bool:
    """Tell whether the payer's last answer says that it does not have a claim it should have."""
    if claim_id not in silent_claims.undecided_among(session, client_id, [claim_id]):
        return False
    checks = status_checks.list_status_checks_of_claim(session, client_id, claim_id)
    answered = [check for check in checks if check.state == StatusCheckState.ANSWERED]
    return bool(answered) and answered[0].verdict == StatusVerdict.NOT_FOUND


def resend_claim(
    session: Session,
    act: Act,
    claim_id: UUID,
    *,
    policy: ScrubPolicy,
    practice: PracticeFacts,
    terms: WorkTerms,
) -> None:
    """Let the next batch carry a new version of the claim, of the same frequency as before.

    A claim that its payer may have is never sent twice: a blind repetition comes back as a
    duplicate.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: the payer did not say that it lacks the claim.
        NotCleanError: an edit stops it now; the caller's transaction must be undone.
    """
    claim = claims.get_claim(session, act.client_id, claim_id)
    if not may_resend(session, act.client_id, claim_id):
        msg = f"the payer did not say that it lacks claim {claim_id}: ask it first"
        raise RejectedError(msg)
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.REJECT)
    session.flush()
    release_clean_claim(session, act, claim_id, policy=policy, practice=practice, terms=terms)
    record_act(session, act.client_id, act, "resend_claim", "claim", claim_id)
