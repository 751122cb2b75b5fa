"""Bill another payer of the patient for what the payer before says is not its own to pay."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent, DenialState
from models.states.work_item import WorkItemEvent
from models.tables import Charge, Claim, Coverage, Denial, Encounter
from models.values.accounts import receivable_of
from models.values.money import total
from models.values.periods import coverages_on
from revcycle.operations.denials.appeal_work import denial_cause
from revcycle.operations.denials.move_denied_money import ask_another_payer
from revcycle.operations.submission.claim_rows import claim_row, line_rows
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.operations.submission.redirect_claim import filing_day_of
from revcycle.store import appeals, claims, denials, encounters, patients, work_items
from revcycle.store.audit import record_act
from revcycle.store.claims import list_claims_of_encounters
from revcycle.store.state_changes import move, record_creation

RANKS: Final = (1, 2, 3)


def rebill_other_payer(
    session: Session, act: Act, denial_id: UUID, *, coverage_id: UUID, policy: ClaimPolicy
) -> UUID:
    """Draft a first claim to another coverage for the denied services; return its id.

    Every open denial of the claim is answered by it, and that payer owes their amounts, and what
    the patient still owes of the same charges: it decides about the patient's share anew. The new
    claim names no earlier payer, because the one before was not responsible, and must arrive
    within the filing limit of its own payer.

    Args:
        session: The open transaction.
        act: Who bills.
        denial_id: The denial.
        coverage_id: Of the patient, in force on the day, and not billed for the visit yet.
        policy: How claims are built.

    Raises:
        NotFoundError: this practice has no such denial, or the patient no such coverage.
        IllegalTransitionError: the denial is not open.
        RejectedError: the coverage was not in force or was billed, three payers were asked, or a
            letter about the claim is not answered.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    claim = claims.get_claim(session, act.client_id, denial.claim_id)
    if appeals.has_undecided_appeal(session, act.client_id, claim.id):
        msg = f"a letter about claim {claim.id} is not answered: withdraw the appeal first"
        raise RejectedError(msg)
    encounter = encounters.get_encounter(session, act.client_id, claim.encounter_id)
    coverage = _chosen(session, act, encounter, coverage_id)
    answered = _answered(session, act, denial)
    new = _draft(session, act, claim, encounter, coverage, policy, answered)
    for one in answered:
        move(session, act.client_id, act, one, DENIAL_TRANSITIONS, DenialEvent.CORRECT)
        one.rebilled_claim_id = new.id
        ask_another_payer(session, act, one, receivable_of(new.payer_rank))
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [denial_cause(one.id) for one in answered],
        resolution="billed to another payer",
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, "rebill_other_payer", "claim", new.id)
    return new.id


def open_coverages(session: Session, act: Act, encounter_id: UUID) -> list[Coverage]:
    """List the patient's coverages in force on the day that no claim of the visit asks."""
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    if encounter.patient_id is None or encounter.service_date is None:
        return []
    used = {
        one.coverage_id for one in list_claims_of_encounters(session, act.client_id, [encounter_id])
    }
    held = patients.list_coverages(session, act.client_id, [encounter.patient_id])
    in_force = coverages_on(held, encounter.service_date)
    return [one for one in in_force if one.id not in used]


def _chosen(session: Session, act: Act, encounter: Encounter, coverage_id: UUID) -> Coverage:
    held = (
        patients.list_coverages(session, act.client_id, [encounter.patient_id])
        if encounter.patient_id
        else []
    )
    if coverage_id not in {one.id for one in held}:
        msg = f"the patient has no coverage {coverage_id}"
        raise NotFoundError(msg)
    found = open_coverages(session, act, encounter.id)
    chosen = next((one for one in found if one.id == coverage_id), None)
    if chosen is None:
        msg = "that coverage was not in force on the day, or was billed for it already"
        raise RejectedError(msg)
    return chosen


def _answered(session: Session, act: Act, denial: Denial) -> list[Denial]:
    """Load the open denials of the claim; the one that was chosen must be among them."""
    found = denials.denials_of_claims(session, act.client_id, [denial.claim_id])
    others = [one for one in found if one.state == DenialState.OPEN and one.id != denial.id]
    return [denial, *others]


def _draft(
    session: Session,
    act: Act,
    claim: Claim,
    encounter: Encounter,
    coverage: Coverage,
    policy: ClaimPolicy,
    answered: Sequence[Denial],
) -> Claim:
    charges = _denied_charges(session, act, encounter, answered)
    new = claim_row(
        act.client_id,
        encounter.id,
        coverage,
        charges,
        payer_rank=_free_rank(session, act, encounter, coverage),
        form=policy.form,
        file_by=claim.file_by,
    )
    new.file_by = filing_day_of(session, act.client_id, new, encounter, policy)
    new.charge_total = total(one.amount for one in charges if one.amount)
    new.stands_alone = True
    record_creation(session, act.client_id, act, new)
    session.flush()
    session.add_all(line_rows(new, charges, revenue_codes=policy.revenue_codes))
    return new


def _denied_charges(
    session: Session, act: Act, encounter: Encounter, answered: Sequence[Denial]
) -> list[Charge]:
    denied = {one.charge_id for one in answered}
    found = encounters.list_charges(session, act.client_id, [encounter.id])
    return [one for one in found if one.id in denied]


def _free_rank(session: Session, act: Act, encounter: Encounter, coverage: Coverage) -> int:
    """Choose under which rank the books keep it: the coverage's own, else the first free one."""
    used = {
        one.payer_rank for one in list_claims_of_encounters(session, act.client_id, [encounter.id])
    }
    free = [rank for rank in (coverage.rank, *RANKS) if rank not in used]
    if not free:
        msg = f"three payers were asked for encounter {encounter.id} already"
        raise RejectedError(msg)
    return free[0]
