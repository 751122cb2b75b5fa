"""Send a claim that no payer has judged to another of the patient's insurances."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import ClaimForm, FrequencyCode
from models.errors import RejectedError
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.tables import Claim, Coverage, Encounter
from models.values.periods import coverages_on
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.operations.submission.unsent_claims import close_claim_work, get_unsent_claim
from revcycle.rules.submission.timely_filing import filing_deadline
from revcycle.store import clients, encounters, patients
from revcycle.store.audit import record_act
from revcycle.store.claims import list_claims_of_encounters
from revcycle.store.state_changes import move


def redirect_claim(session: Session, act: Act, claim_id: UUID, *, policy: ClaimPolicy) -> UUID:
    """Make a held or rejected claim a draft to the next best coverage in force on the day.

    What verification found spoke of the coverage before and is forgotten. Returns the coverage
    that is asked now.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: the claim is under way or was decided, or no other coverage is in force.
    """
    claim = get_unsent_claim(session, act.client_id, claim_id)
    encounter = encounters.get_encounter(session, act.client_id, claim.encounter_id)
    coverage = find_other_coverage(session, act.client_id, claim, encounter)
    if coverage is None:
        msg = f"no other coverage is in force for claim {claim.id}"
        raise RejectedError(msg)
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CORRECT)
    claim.coverage_id, claim.payer_id = coverage.id, coverage.payer_id
    claim.frequency_code, claim.original_reference = FrequencyCode.ORIGINAL, ""
    claim.file_by = filing_day_of(session, act.client_id, claim, encounter, policy)
    encounter.verdict, encounter.verdict_reason = None, ""
    close_claim_work(session, act, claim_id, resolution="sent to another payer")
    record_act(session, act.client_id, act, "redirect_claim", "claim", claim_id)
    return coverage.id


def find_other_coverage(
    session: Session, client_id: UUID, claim: Claim, encounter: Encounter
) -> Coverage | None:
    """Find the next best coverage in force on the day that no claim of the encounter uses."""
    used = {
        one.coverage_id
        for one in list_claims_of_encounters(session, client_id, [claim.encounter_id])
    }
    held = (
        patients.list_coverages(session, client_id, [encounter.patient_id])
        if encounter.patient_id
        else []
    )
    in_force = coverages_on(held, encounter.service_date) if encounter.service_date else []
    return next((one for one in in_force if one.id not in used), None)


def filing_day_of(
    session: Session, client_id: UUID, claim: Claim, encounter: Encounter, policy: ClaimPolicy
) -> date:
    """Return the last day on which the payer of a claim takes it as a first one."""
    payers = clients.find_payers(session, client_id)
    key = next(key for key, row in payers.items() if row.id == claim.payer_id)
    assert encounter.service_date is not None  # noqa: S101 - a claim was built on it
    return filing_deadline(
        ClaimForm(claim.form),
        encounter.service_date,
        encounter.service_end_date,
        rule=policy.filing_clock(key),
    )
