"""Ask the provider what a note does not say, and take the answer."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent
from models.states.work_item import Queue, WorkItemEvent
from models.tables import ClinicalNote
from revcycle.operations.coding.reopen_for_coding import reopen_for_coding
from revcycle.rules.coding.query_templates import QUESTION_LENGTH_MAX
from revcycle.store import encounters, typed_codings, work_items
from revcycle.store.audit import record_act
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
    service_hours: int = QUERY_SERVICE_HOURS,
) -> None:
    """Hold an encounter for the practice: the coder's item closes, a query item opens.

    Args:
        session: The open transaction.
        act: Who asks.
        encounter_id: What is asked about.
        question: To the provider.
        work_item_id: The coder's item.
        token: Of the coder's lease.
        service_hours: Hours until the practice should have answered.

    Raises:
        RejectedError: the question is empty, or longer than a work item holds.
        NotFoundError: this practice has no such encounter.
        IllegalTransitionError: the encounter is not with a coder.
        StaleLeaseError: the coder does not hold the item any more.
    """
    _require_question(question)
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.QUERY)
    record_act(session, act.client_id, act, "ask_provider", "encounter", encounter_id)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution="queried"
    )
    typed_codings.drop_typed(session, act.client_id, work_item_id)
    item = NewWorkItem(
        queue=Queue.PROVIDER_QUERY,
        cause_key=query_cause(encounter_id),
        subject_kind="encounter",
        subject_id=encounter_id,
        reason="coding.provider_query",
        detail=question,
        service_hours=service_hours,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def _require_question(question: str) -> None:
    if not question.strip():
        msg = "write the question to the provider"
        raise RejectedError(msg)
    if len(question) > QUESTION_LENGTH_MAX:
        msg = f"a question has at most {QUESTION_LENGTH_MAX} characters"
        raise RejectedError(msg)


def answer_query(
    session: Session,
    act: Act,
    encounter_id: UUID,
    *,
    answer: str,
    service_hours: int,
    author: str = "",
    is_signed: bool = True,
) -> None:
    """Take the provider's answer as an addendum and give the encounter back to the coders.

    Args:
        session: The open transaction.
        act: Who answers, or writes the answer down.
        encounter_id: What was asked about.
        answer: The addendum.
        service_hours: Hours until it should be coded.
        author: Whose words they are; the actor's if empty.
        is_signed: Whether the provider stands behind the text itself.

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
            author=author or act.actor,
            is_signed=is_signed,
        )
    )
    record_act(session, act.client_id, act, "answer_query", "encounter", encounter_id)
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [query_cause(encounter_id)],
        resolution="answered",
        event=WorkItemEvent.COMPLETE,
    )
    reopen_for_coding(
        session,
        act,
        encounter_id,
        reason="coding.query_answered",
        service_hours=service_hours,
    )
