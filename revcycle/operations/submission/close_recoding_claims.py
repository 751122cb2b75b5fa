"""Close the claim of a visit that turned out not to be billable while its chart was recoded."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.tables import Claim, Encounter
from revcycle.operations.submission.rebuild_claims import charges_of
from revcycle.operations.submission.recharge_services import recharge_services
from revcycle.operations.submission.unsent_claims import close_claim_work
from revcycle.store import claims, encounters
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def close_recoding_claims(session: Session, act: Act, encounter: Encounter) -> int:
    """Close the claims of a visit that wait for its coder; return how many.

    Nothing of the visit is charged any more. Its codes stay to be read, without prices.

    Raises:
        NotFoundError: this practice has no such encounter.
    """
    waiting = [
        claim
        for claim in claims.list_claims_of_encounters(session, act.client_id, [encounter.id])
        if claim.state == ClaimState.RECODING
    ]
    for claim in waiting:
        move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CLOSE)
        _take_charges_back(session, act, claim, encounter.patient_id)
        close_claim_work(session, act, claim.id, resolution="the visit was voided")
        record_act(session, act.client_id, act, "close_recoding_claim", "claim", claim.id)
    return len(waiting)


def _take_charges_back(session: Session, act: Act, claim: Claim, patient_id: UUID | None) -> None:
    charges = encounters.list_charges_ever(session, act.client_id, [claim.encounter_id])
    for charge in charges:
        charge.amount = None
    lines = claims.list_lines(session, act.client_id, [claim.id])
    recharge_services(
        session,
        act,
        list(charges_of(claim, patient_id, charges)),
        {line.charge_id: line.service_date for line in lines},
    )
