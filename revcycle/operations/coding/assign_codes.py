"""Put a coder's codes on an encounter."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding, is_blocking
from models.states.encounter import EncounterEvent, EncounterState
from models.states.transition import IllegalTransitionError
from revcycle.operations.coding.judge_coding import judge_coding
from revcycle.store import codings, encounters
from revcycle.store.audit import record_act


def assign_codes(
    session: Session,
    act: Act,
    encounter_id: UUID,
    coding: CodingDocument,
    policy: CodingPolicy,
) -> tuple[Finding, ...]:
    """Store a coding if no rule forbids it; return what the rules say either way.

    With a blocking finding nothing is changed. Assigning again replaces the former coding.

    Raises:
        NotFoundError: this practice has no such encounter.
        IllegalTransitionError: the encounter is not with a coder.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    if encounter.state != EncounterState.CODING:
        raise IllegalTransitionError(EncounterState(encounter.state), EncounterEvent.COMPLETE)
    findings = judge_coding(session, act.client_id, encounter, coding, policy)
    if not is_blocking(findings):
        codings.replace_coding(session, act.client_id, encounter_id, coding)
        record_act(session, act.client_id, act, "assign_codes", "encounter", encounter_id)
    return findings
