"""Questions of intake to the practice: the visit waits, and goes on with the answer."""

from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.identifiers import new_id
from revcycle.operations.intake.ask_practice import (
    answer_practice_query,
    ask_practice,
    refuse_to_practice,
)
from revcycle.store import work_items, work_leases, work_notes
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem, StaleLeaseError


def take(database_url: str, act: Act, kind: str) -> WorkItem:
    """Open an intake item about a record of some kind, and take it."""
    new = NewWorkItem(Queue.INTAKE, f"intake:{kind}", kind, new_id(), "intake.member_id")
    with transaction(database_url, act.client_id) as session:
        work_items.open_work_items(session, act.client_id, act, [new])
        item = work_leases.lease_next_work_item(
            session, act.client_id, Queue.INTAKE, holder=act.actor, at=act.at
        )
    assert item is not None
    return item


@pytest.fixture
def item(database_url: str, act: Act) -> WorkItem:
    return take(database_url, act, "encounter")


def ask(database_url: str, act: Act, item: WorkItem, question: str = "Which plan?") -> UUID:
    with transaction(database_url, act.client_id) as session:
        ask_practice(session, act, item.id, token=item.lease_token, question=question)
    return query_of(database_url, act).id


def query_of(database_url: str, act: Act) -> WorkItem:
    with transaction(database_url, act.client_id) as session:
        return session.exec(select(WorkItem).where(WorkItem.queue == Queue.PROVIDER_QUERY)).one()


def answer(database_url: str, act: Act, query_id: UUID, text: str) -> None:
    with transaction(database_url, act.client_id) as session:
        answer_practice_query(session, act, query_id, answer=text)


def look(database_url: str, act: Act, item: WorkItem) -> tuple[WorkItem, list[str]]:
    with transaction(database_url, act.client_id) as session:
        row = work_items.get_work_item(session, act.client_id, item.id)
        notes = work_notes.list_notes(session, act.client_id, item.id)
    assert row is not None
    return row, [note.text for note in notes]


def test_a_visit_waits_for_the_answer_and_goes_on_with_it(
    database_url: str, act: Act, item: WorkItem
) -> None:
    query_id = ask(database_url, act, item)
    waiting, _ = look(database_url, act, item)
    assert waiting.state == "open"
    assert waiting.snoozed_until is not None
    assert waiting.lease_holder is None
    answer(database_url, act, query_id, "Blue Heron")
    back, notes = look(database_url, act, item)
    assert back.snoozed_until is None
    assert notes == ["Asked: Which plan?", "Answered: Blue Heron"]
    assert query_of(database_url, act).resolution == "answered"


def test_a_question_is_answered_once(database_url: str, act: Act, item: WorkItem) -> None:
    query_id = ask(database_url, act, item)
    answer(database_url, act, query_id, "Blue Heron")
    with pytest.raises(RejectedError, match="answered before"):
        answer(database_url, act, query_id, "Commonweal")


def test_a_long_answer_is_kept_whole(database_url: str, act: Act, item: WorkItem) -> None:
    answer(database_url, act, ask(database_url, act, item), "a" * 4_000)
    _, notes = look(database_url, act, item)
    assert sum(note.count("a") for note in notes[1:]) == 4_000
    assert max(map(len, notes)) <= 1_000


@pytest.mark.parametrize("text", ["", " \n ", "x" * 401], ids=["empty", "blank", "too-long"])
def test_a_question_says_something_that_fits(
    database_url: str, act: Act, item: WorkItem, text: str
) -> None:
    with pytest.raises(RejectedError), transaction(database_url, act.client_id) as session:
        ask_practice(session, act, item.id, token=item.lease_token, question=text)


def test_an_old_lease_asks_nothing(database_url: str, act: Act, item: WorkItem) -> None:
    with pytest.raises(StaleLeaseError), transaction(database_url, act.client_id) as session:
        ask_practice(session, act, item.id, token=item.lease_token - 1, question="Which?")
    with transaction(database_url, act.client_id) as session:
        assert not work_items.list_open_work_items(session, act.client_id, Queue.PROVIDER_QUERY)


def test_a_file_is_refused_with_a_message_and_a_visit_is_not(
    database_url: str, act: Act, item: WorkItem
) -> None:
    with (
        pytest.raises(RejectedError, match="only files"),
        transaction(database_url, act.client_id) as session,
    ):
        refuse_to_practice(session, act, item.id, token=item.lease_token, message="Send it again")
    file_item = take(database_url, act, "inbound_file")
    with transaction(database_url, act.client_id) as session:
        refuse_to_practice(
            session, act, file_item.id, token=file_item.lease_token, message="Send it again"
        )
    closed, _ = look(database_url, act, file_item)
    assert closed.resolution == "refused_to_practice"
    assert query_of(database_url, act).subject_kind == "inbound_file"


def test_what_is_no_question_of_intake_is_not_answered_here(
    database_url: str, act: Act, item: WorkItem
) -> None:
    for work_item_id in (item.id, new_id()):
        with pytest.raises(NotFoundError):
            answer(database_url, act, work_item_id, "Blue Heron")
