"""Questions to a provider on a page: asked, answered by telephone, taken back."""

import re

from sqlmodel import select
from starlette.testclient import TestClient

from models.states.encounter import EncounterState
from models.states.work_item import Queue, WorkItemState
from models.tables import WorkItem
from revcycle.store import encounters
from revcycle.store.session import transaction
from tests.pages.coding_desk import (
    GOOD,
    SENT,
    Form,
    acts_of,
    ann,
    chart,
    coding_of,
    encounter_of,
    lakeside,
    send,
    text_of,
)

__all__ = ["ann", "chart", "lakeside"]  # fixtures


def test_a_question_does_not_lead_and_begins_with_a_template(ann: TestClient, chart: str) -> None:
    page = ann.get(chart).text
    assert "It must not lead" in page
    asked = send(ann, chart, f"{chart}/arrange", {**GOOD, "change": "ask:laterality"})
    assert "does not say on which side" in asked.text
    assert 'value="e11.9"' in asked.text
    assert "unable to determine" in asked.text


def ask(ann: TestClient, chart: str) -> str:
    """Ask the provider; return the address of the question."""
    answer = send(ann, chart, f"{chart}/ask", {**GOOD, "question": "On which side was the pain?"})
    assert answer.status_code == 303, answer.text
    listed = ann.get("/queues/provider_query").text
    found = re.search(r'href="(/queues/provider_query/lakeside/[0-9a-f-]{36})', listed)
    assert found
    return found[1]


def test_asking_holds_the_chart_and_keeps_the_codes_so_far(
    ann: TestClient, chart: str, database_url: str
) -> None:
    query = ask(ann, chart)
    encounter = encounter_of(database_url, chart)
    assert encounter.state == EncounterState.QUERIED
    assert coding_of(database_url, encounter).diagnoses == ("I10", "E119")
    page = text_of(ann.get(query).text)
    assert "On which side was the pain?" in page
    assert "your visit number V-" in page
    reminder = page.split("Reminder")[1].split("Take it to write")[0]
    assert "Wrenfield" not in reminder
    assert "ask_provider" in acts_of(database_url)


def test_a_question_without_words_is_not_asked(
    ann: TestClient, chart: str, database_url: str
) -> None:
    for question in ("  ", "a" * 401):
        answer = send(ann, chart, f"{chart}/ask", {**GOOD, "question": question})
        assert answer.status_code == 422
    encounter = encounter_of(database_url, chart)
    assert encounter.state == EncounterState.CODING
    assert coding_of(database_url, encounter).diagnoses == SENT


def test_an_answer_by_telephone_becomes_an_unsigned_addendum(
    ann: TestClient, chart: str, database_url: str
) -> None:
    query = ask(ann, chart)
    send(ann, query, f"{query}/take", {})
    given: Form = {"answer": "On the left.", "given_by": "Dr. Quill", "way": "telephone"}
    assert send(ann, query, f"{query}/answer", {**given, "answer": " "}).status_code == 422
    assert send(ann, query, f"{query}/answer", given).status_code == 303
    encounter = encounter_of(database_url, chart)
    assert encounter.state == EncounterState.CODING
    with transaction(database_url) as session:
        note = encounters.list_notes(session, encounter.client_id, [encounter.id])[-1]
    assert (note.text, note.is_signed) == ("On the left.", False)
    assert note.author == "Dr. Quill, by telephone, written down by ann"
    assert "answer_query" in acts_of(database_url)


def test_a_question_is_taken_back_to_coding(ann: TestClient, chart: str, database_url: str) -> None:
    query = ask(ann, chart)
    send(ann, query, f"{query}/take", {})
    stale = send(ann, query, f"{query}/withdraw", {"token": "0"})
    assert stale.status_code == 409
    assert send(ann, query, f"{query}/withdraw", {}).status_code == 303
    encounter = encounter_of(database_url, chart)
    assert encounter.state == EncounterState.CODING
    with transaction(database_url) as session:
        queues = session.exec(
            select(WorkItem.queue, WorkItem.reason).where(
                WorkItem.state == WorkItemState.OPEN, WorkItem.subject_id == encounter.id
            )
        ).all()
    assert queues == [(Queue.CODING, "coding.query_withdrawn")]
