"""Take a visit out of the cycle that can never be billed."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent
from revcycle.operations.submission.close_recoding_claims import close_recoding_claims
from revcycle.store import encounters, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def void_encounter(session: Session, act: Act, encounter_id: UUID, *, reason: str) -> int:
    """Void an encounter that was not billed; return how many of its work items went away.

    Its rows stay, and so does the outcome of its record. What was billed is not voided: its claim
    is corrected, or its money given up, where everybody can see it. A claim that waits for the
    coder of this visit is closed, and its charges are taken back.

    Args:
        session: The open transaction.
        act: Who decides, and when.
        encounter_id: The visit.
        reason: A code such as ``too_old``, without names.

    Raises:
        NotFoundError: this practice has no such encounter.
        IllegalTransitionError: it was billed, or voided before.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.VOID)
    close_recoding_claims(session, act, encounter)
    record_act(
        session, act.client_id, act, "void_encounter", "encounter", encounter_id, outcome=reason
    )
    return work_items.close_items_of_subject(
        session, act.client_id, act, ("encounter", encounter_id), resolution=f"voided: {reason}"
    )
