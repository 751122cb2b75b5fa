"""Check a corrected claim at once, and let it go only if it is clean."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.practice import PracticeFacts
from models.errors import RejectedError
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.operations.submission.scrub_claims import scrub_claims
from revcycle.rules.submission.scrub import ScrubPolicy


class NotCleanError(RejectedError):
    """The edits still find something: nothing was changed."""


def release_clean_claim(
    session: Session,
    act: Act,
    claim_id: UUID,
    *,
    policy: ScrubPolicy,
    practice: PracticeFacts,
    terms: WorkTerms,
) -> None:
    """Make a held or rejected claim ready for the next batch, if no edit stops it any more.

    Raises:
        NotFoundError: this practice has no such claim.
        IllegalTransitionError: it is neither held nor rejected.
        NotCleanError: an edit still stops it; the caller's transaction must be undone.
    """
    release_held_claim(session, act, claim_id)
    session.flush()
    count = scrub_claims(session, act, [claim_id], policy=policy, practice=practice, terms=terms)
    if count.held:
        msg = "our edits still stop it: see what is to be put right"
        raise NotCleanError(msg)
