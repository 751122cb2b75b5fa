"""Ask the provider what a note does not say, and take the answer."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent
from models.states.work_item import Queue, WorkItemEvent
from models.tables import ClinicalNote
from revcycle.operations.coding.queue_encounters import coding_cause
from revcycle.store import encounters, work_items
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

QUERY_SERVICE_HOURS = 72


def query_cause(encounter_id: UUID) -> str:
    """Name the cause of the query item of an encounter."""
    return f"query:{encounter_id}"


def ask_provider(
    session: Session,
    act: Act,
    encounter_id: UUID,
    *,
    question: str,
    work_item_id: UUID,
    token: int,
) -> None:
    """Hold an encounter for the practice: the coder's item closes, a query item opens.

    Raises:
        NotFoundError: this practice has no such encounter.
        IllegalTransitionError: the encounter is not with a coder.
        StaleLeaseError: the coder does not hold the item any more.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.QUERY)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution="queried"
    )
    item = NewWorkItem(
        queue=Queue.PROVIDER_QUERY,
        cause_key=query_cause(encounter_id),
        subject_kind="encounter",
        subject_id=encounter_id,
        reason="coding.provider_query",
        detail=question,
        service_hours=QUERY_SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def answer_query(
    session: Session, act: Act, encounter_id: UUID, *, answer: str, service_hours: int
) -> None:
    """Take the provider's answer as an addendum and give the encounter back to the coders.

    Raises:
        NotFoundError: this practice has no such encounter.
        IllegalTransitionError: no query is open on the encounter.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.ANSWER)
    notes = encounters.list_notes(session, act.client_id, [encounter_id])
    session.add(
        ClinicalNote(
            client_id=act.client_id,
            encounter_id=encounter_id,
            ordinal=len(notes) + 1,
            text=answer,
            written_on=act.today,
            author=act.actor,
        )
    )
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [query_cause(encounter_id)],
        resolution="answered",
        event=WorkItemEvent.COMPLETE,
    )
    item = NewWorkItem(
        queue=Queue.CODING,
        cause_key=coding_cause(encounter_id),
        subject_kind="encounter",
        subject_id=encounter_id,
        reason="coding.query_answered",
        service_hours=service_hours,
        priority=4,
    )
    work_items.open_work_items(session, act.client_id, act, [item])
