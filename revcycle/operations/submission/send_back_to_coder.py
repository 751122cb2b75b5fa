"""Give the chart of a claim that no payer holds back to the coders."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.claim import CLAIM_TRANSITIONS, UNSENT_CLAIM_STATES, ClaimEvent
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent
from models.tables import Claim
from revcycle.operations.coding.reopen_for_coding import reopen_for_coding
from revcycle.operations.submission.unsent_claims import close_claim_work
from revcycle.store import claims, encounters, remittances
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move

SENT_BACK: Final = "claim.codes"
WORDS_LENGTH_MAX: Final = 400
SERVICE_HOURS: Final = 48


def send_back_to_coder(
    session: Session,
    act: Act,
    claim_id: UUID,
    *,
    words: str,
    reason: str = SENT_BACK,
    service_hours: int = SERVICE_HOURS,
) -> None:
    """Reopen the chart of a claim; the claim waits until the chart is coded anew.

    The same claim goes on then: no second one is made. Nothing of it can leave in between.

    Args:
        session: The open transaction.
        act: Who sends it back.
        claim_id: The claim.
        words: What the coder shall look at.
        reason: Why the chart comes back, a code.
        service_hours: Hours until it should be coded.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: nothing says what to look at; the claim is at a payer, or one decided on it
            or on another claim of the visit: then a corrected claim tells them.
        IllegalTransitionError: its chart is with a coder already.
    """
    words = words.strip()
    if not words or len(words) > WORDS_LENGTH_MAX:
        msg = f"say what the coder shall look at, in at most {WORDS_LENGTH_MAX} characters"
        raise RejectedError(msg)
    claim = claims.get_claim(session, act.client_id, claim_id)
    encounter = encounters.get_encounter(session, act.client_id, claim.encounter_id)
    if why := why_not_back(session, act.client_id, claim):
        raise RejectedError(why)
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.SEND_BACK)
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.REOPEN)
    close_claim_work(session, act, claim_id, resolution="back to the coder")
    reopen_for_coding(
        session, act, encounter.id, reason=reason, detail=words, service_hours=service_hours
    )
    record_act(session, act.client_id, act, "send_back_to_coder", "claim", claim_id)


def why_not_back(session: Session, client_id: UUID, claim: Claim) -> str:
    """Say why the chart of a claim cannot be coded anew; empty when it can."""
    if claim.state not in UNSENT_CLAIM_STATES:
        return f"claim {claim.id} is {claim.state}: its codes are not changed here"
    of_visit = claims.list_claims_of_encounters(session, client_id, [claim.encounter_id])
    if len(of_visit) > 1:
        return f"the visit of claim {claim.id} has other claims: send a corrected one"
    if remittances.decided_claim_ids(session, client_id, [claim.id]):
        return f"a payer decided on claim {claim.id}: send a corrected one"
    return ""
