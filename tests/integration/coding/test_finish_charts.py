"""Drafts, finishing in one step, and questions that are taken back or answered by telephone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import AS_WRITTEN
from models.documents.finding import Severity
from models.errors import RejectedError
from models.states.encounter import EncounterState
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import AuditEvent, Encounter, WorkItem
from revcycle.operations.coding.ask_provider import ask_provider
from revcycle.operations.coding.coding_in_hand import ChangedCodingError, CodingInHand
from revcycle.operations.coding.finish_coding import Acceptance, finding_mark, finish_coding
from revcycle.operations.coding.keep_draft import keep_draft
from revcycle.operations.coding.queue_encounters import queue_encounters
from revcycle.operations.coding.take_answer import AnswerWay, HandAnswer, take_answer
from revcycle.operations.coding.withdraw_query import withdraw_query
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.rules.coding.compare_codings import coding_fingerprint
from revcycle.store import codings, encounters, work_leases
from revcycle.store.session import transaction
from revcycle.store.work_items import StaleLeaseError
from tests.integration.intake_records import a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners

SERVICE_DATE = date(2026, 11, 18)
NOTHING = CodingDocument((), (), SERVICE_DATE)
VISIT = CodedService("99214", (1, 2))
CODING = CodingDocument(("I10", "E119"), (VISIT,), SERVICE_DATE)
HALF = CodingDocument(("E11",), (replace(VISIT, diagnosis_pointers=()),), SERVICE_DATE)
TWICE = replace(CODING, services=(VISIT, VISIT))


@pytest.fixture
def in_hand(database_url: str, act: Act) -> CodingInHand:
    """A chart without codes that a coder has taken."""
    policy = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
    with transaction(database_url) as session:
        add_partners(session, act.client_id)
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
        )
        record_encounters(session, act, file.id, [a_record()], policy=policy)
    with transaction(database_url) as session:
        ids = encounters.list_encounter_ids(session, act.client_id, EncounterState.REGISTERED)
        queue_encounters(session, act, ids, service_hours=48, policy=AS_WRITTEN)
    return take(database_url, act, Queue.CODING)


def take(database_url: str, act: Act, queue: Queue) -> CodingInHand:
    with transaction(database_url) as session:
        item = work_leases.lease_next_work_item(
            session, act.client_id, queue, holder=act.actor, at=act.at
        )
        assert item is not None
        coding = codings.get_coding(session, act.client_id, item.subject_id, SERVICE_DATE)
        return CodingInHand(item.subject_id, item.id, item.lease_token, coding_fingerprint(coding))


def stored(database_url: str, act: Act, in_hand: CodingInHand) -> CodingDocument:
    with transaction(database_url) as session:
        return codings.get_coding(session, act.client_id, in_hand.encounter_id, SERVICE_DATE)


def state_of(database_url: str, in_hand: CodingInHand) -> str:
    with transaction(database_url) as session:
        return session.exec(
            select(Encounter.state).where(Encounter.id == in_hand.encounter_id)
        ).one()


def trail(database_url: str) -> list[tuple[str, str]]:
    with transaction(database_url) as session:
        events = session.exec(select(AuditEvent).order_by(col(AuditEvent.id)))
        return [(event.action, event.outcome) for event in events]


def test_a_chart_is_finished_in_one_step(
    database_url: str, act: Act, in_hand: CodingInHand
) -> None:
    with transaction(database_url) as session:
        assert finish_coding(session, act, in_hand, CODING, Acceptance(), AS_WRITTEN) == ()
    assert state_of(database_url, in_hand) == EncounterState.CODED
    assert coding_fingerprint(stored(database_url, act, in_hand)) == coding_fingerprint(CODING)
    with pytest.raises(StaleLeaseError), transaction(database_url) as session:
        finish_coding(session, act, in_hand, CODING, Acceptance(), AS_WRITTEN)


def test_what_stops_a_chart_changes_nothing(
    database_url: str, act: Act, in_hand: CodingInHand
) -> None:
    with transaction(database_url) as session:
        stopping = finish_coding(session, act, in_hand, HALF, Acceptance(), AS_WRITTEN)
    assert {one.severity for one in stopping} == {Severity.ERROR}
    assert stored(database_url, act, in_hand) == NOTHING
    assert state_of(database_url, in_hand) == EncounterState.CODING


def test_a_warning_stops_a_chart_until_somebody_accepts_this_very_one(
    database_url: str, act: Act, in_hand: CodingInHand
) -> None:
    with transaction(database_url) as session:
        (warning,) = finish_coding(session, act, in_hand, TWICE, Acceptance(["0" * 16]), AS_WRITTEN)
    assert warning.severity is Severity.WARNING
    with transaction(database_url) as session:
        accepted = Acceptance([finding_mark(warning)], "Two visits")
        assert finish_coding(session, act, in_hand, TWICE, accepted, AS_WRITTEN) == ()
    assert ("accept_warning", "coding.repeated_services") in trail(database_url)


def test_a_draft_is_kept_unfinished_and_keeping_it_again_changes_nothing(
    database_url: str, act: Act, in_hand: CodingInHand
) -> None:
    for _ in range(2):  # the second time the stored codes are others than shown, and the same
        with transaction(database_url) as session:
            keep_draft(session, act, in_hand, HALF)
    assert coding_fingerprint(stored(database_url, act, in_hand)) == coding_fingerprint(HALF)
    assert state_of(database_url, in_hand) == EncounterState.CODING


def test_codes_that_somebody_changed_are_not_written_over(
    database_url: str, act: Act, in_hand: CodingInHand
) -> None:
    with transaction(database_url) as session:
        codings.replace_coding(session, act.client_id, in_hand.encounter_id, TWICE)
    with pytest.raises(ChangedCodingError) as refused, transaction(database_url) as session:
        keep_draft(session, act, in_hand, HALF)
    assert coding_fingerprint(refused.value.now) == coding_fingerprint(TWICE)
    with pytest.raises(ChangedCodingError), transaction(database_url) as session:
        finish_coding(session, act, in_hand, CODING, Acceptance(), AS_WRITTEN)
    assert coding_fingerprint(stored(database_url, act, in_hand)) == coding_fingerprint(TWICE)


def test_a_chart_that_is_not_with_a_coder_keeps_no_draft(
    database_url: str, act: Act, in_hand: CodingInHand
) -> None:
    with transaction(database_url) as session:
        encounter = encounters.get_encounter(session, act.client_id, in_hand.encounter_id)
        encounter.state = EncounterState.BILLED
    with pytest.raises(IllegalTransitionError), transaction(database_url) as session:
        keep_draft(session, act, in_hand, HALF)


@pytest.fixture
def query(database_url: str, act: Act, in_hand: CodingInHand) -> CodingInHand:
    """A question to the provider that somebody has taken."""
    with transaction(database_url) as session:
        ask_provider(
            session,
            act,
            in_hand.encounter_id,
            question="On which side?",
            work_item_id=in_hand.work_item_id,
            token=in_hand.token,
        )
    return take(database_url, act, Queue.PROVIDER_QUERY)


def withdraw(database_url: str, act: Act, query: CodingInHand, token: int) -> None:
    with transaction(database_url) as session:
        withdraw_query(
            session,
            act,
            query.encounter_id,
            work_item_id=query.work_item_id,
            token=token,
            service_hours=48,
        )


def answer(database_url: str, act: Act, query: CodingInHand, given: HandAnswer, token: int) -> None:
    with transaction(database_url) as session:
        take_answer(
            session,
            act,
            query.encounter_id,
            given,
            work_item_id=query.work_item_id,
            token=token,
            service_hours=48,
        )


def open_reasons(database_url: str) -> list[str]:
    with transaction(database_url) as session:
        return list(session.exec(select(WorkItem.reason).where(WorkItem.state == "open")))


BY_FAX = HandAnswer(" On the left. ", "Dr. Quill " + "x" * 200, AnswerWay.FAX)


def test_a_question_is_taken_back_once(database_url: str, act: Act, query: CodingInHand) -> None:
    withdraw(database_url, act, query, query.token)
    assert state_of(database_url, query) == EncounterState.CODING
    assert open_reasons(database_url) == ["coding.query_withdrawn"]
    with pytest.raises(StaleLeaseError):
        withdraw(database_url, act, query, query.token)


def test_an_answer_by_fax_is_an_addendum_with_who_gave_it(
    database_url: str, act: Act, query: CodingInHand
) -> None:
    answer(database_url, act, query, BY_FAX, query.token)
    with transaction(database_url) as session:
        note = encounters.list_notes(session, act.client_id, [query.encounter_id])[-1]
    assert (note.text, note.is_signed, len(note.author)) == ("On the left.", True, 120)
    assert note.author.endswith("x, by fax, written down by tester")
    assert open_reasons(database_url) == ["coding.query_answered"]
    assert ("answer_query", "done") in trail(database_url)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(
            lambda given, token: (replace(given, text=" "), token), RejectedError, id="no-answer"
        ),
        pytest.param(
            lambda given, token: (replace(given, given_by=""), token), RejectedError, id="nobody"
        ),
        pytest.param(lambda given, token: (given, token - 1), StaleLeaseError, id="a-lost-item"),
    ],
)
def test_an_answer_is_refused_and_the_question_stays(
    database_url: str,
    act: Act,
    query: CodingInHand,
    change: Callable[[HandAnswer, int], tuple[HandAnswer, int]],
    error: type[Exception],
) -> None:
    given, token = change(BY_FAX, query.token)
    with pytest.raises(error):
        answer(database_url, act, query, given, token)
    assert open_reasons(database_url) == ["coding.provider_query"]


@pytest.mark.parametrize("question", ["  ", "a" * 401])
def test_a_question_is_neither_empty_nor_longer_than_is_kept(
    database_url: str, act: Act, in_hand: CodingInHand, question: str
) -> None:
    with pytest.raises(RejectedError), transaction(database_url) as session:
        ask_provider(
            session,
            act,
            in_hand.encounter_id,
            question=question,
            work_item_id=in_hand.work_item_id,
            token=in_hand.token,
        )


def test_no_row_of_another_practice_is_judged(
    database_url: str, act: Act, in_hand: CodingInHand
) -> None:
    foreign = replace(act, client_id=UUID(int=7))
    with pytest.raises(StaleLeaseError), transaction(database_url) as session:
        finish_coding(session, foreign, in_hand, CODING, Acceptance(), AS_WRITTEN)
