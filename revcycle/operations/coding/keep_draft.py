"""Keep what a coder has so far, billable or not."""

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.states.encounter import EncounterEvent, EncounterState
from models.states.transition import IllegalTransitionError
from revcycle.operations.coding.coding_in_hand import CodingInHand, require_in_hand
from revcycle.store import codings, encounters, typed_codings
from revcycle.store.audit import record_act


def keep_draft(session: Session, act: Act, in_hand: CodingInHand, coding: CodingDocument) -> None:
    """Store an unfinished coding in the place of the former one; the item stays in hand.

    What it lacks is judged when it is finished. Keeping the same again changes nothing.

    Raises:
        NotFoundError: this practice has no such encounter.
        StaleLeaseError: the coder does not hold the item any more.
        ChangedCodingError: somebody else changed the codes.
        IllegalTransitionError: the encounter is not with a coder.
    """
    require_in_hand(session, act, in_hand, coding)
    encounter = encounters.get_encounter(session, act.client_id, in_hand.encounter_id)
    if encounter.state != EncounterState.CODING:
        raise IllegalTransitionError(EncounterState(encounter.state), EncounterEvent.COMPLETE)
    codings.replace_coding(session, act.client_id, encounter.id, coding)
    typed_codings.drop_typed(session, act.client_id, in_hand.work_item_id, act.actor)
    record_act(session, act.client_id, act, "keep_coding_draft", "encounter", encounter.id)
