"""Finish the coding of an encounter: the coder hands it on."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding, is_blocking
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent
from revcycle.operations.coding.judge_coding import judge_coding
from revcycle.operations.coding.note_suggestions import settle_suggestions
from revcycle.operations.coding.place_authorizations import lock_for, place_authorizations
from revcycle.store import codings, encounters, typed_codings, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def complete_coding(
    session: Session,
    act: Act,
    encounter_id: UUID,
    *,
    work_item_id: UUID,
    token: int,
    policy: CodingPolicy,
) -> tuple[Finding, ...]:
    """Move an encounter to coded and close the coder's item; with a blocking finding do neither.

    What had been suggested for it is judged by its codes as they are now, and what anybody had
    typed for it and not saved is forgotten.

    Raises:
        NotFoundError: this practice has no such encounter.
        IllegalTransitionError: the encounter is not with a coder.
        StaleLeaseError: the coder does not hold the item any more.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    lock_for(session, act.client_id, [encounter])
    coding = codings.list_codings(session, act.client_id, [encounter])[encounter.id]
    findings = judge_coding(session, act.client_id, encounter, coding, policy)
    if is_blocking(findings):
        return findings
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.COMPLETE)
    place_authorizations(session, act, [encounter])
    settle_suggestions(session, act, encounter_id, coding.diagnoses)
    record_act(session, act.client_id, act, "complete_coding", "encounter", encounter_id)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution="coded"
    )
    typed_codings.drop_typed(session, act.client_id, work_item_id)
    return findings
