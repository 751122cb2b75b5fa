"""Take a question to the provider back: the note answers it after all."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent
from revcycle.operations.coding.reopen_for_coding import reopen_for_coding
from revcycle.store import encounters, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def withdraw_query(
    session: Session,
    act: Act,
    encounter_id: UUID,
    *,
    work_item_id: UUID,
    token: int,
    service_hours: int,
) -> None:
    """Give the encounter back to the coders without an answer; the practice is asked no more.

    Raises:
        NotFoundError: this practice has no such encounter.
        StaleLeaseError: the actor does not hold the query's item any more.
        IllegalTransitionError: no query is open on the encounter.
    """
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution="withdrawn"
    )
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.WITHDRAW)
    record_act(session, act.client_id, act, "withdraw_query", "encounter", encounter_id)
    reopen_for_coding(
        session,
        act,
        encounter_id,
        reason="coding.query_withdrawn",
        service_hours=service_hours,
    )
