"""Coding: from the queue to a coded encounter, one coder at a time."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import AS_WRITTEN
from models.states.encounter import EncounterState
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import Encounter, WorkItem
from revcycle.operations.coding.ask_provider import answer_query, ask_provider
from revcycle.operations.coding.assign_codes import assign_codes
from revcycle.operations.coding.complete_coding import complete_coding
from revcycle.operations.coding.queue_encounters import QueuedEncounters, queue_encounters
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.store import codings, encounters, work_items, work_leases
from revcycle.store.session import transaction
from revcycle.store.work_items import StaleLeaseError
from tests.integration.intake_records import CODED, a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners

SERVICE_DATE = date(2026, 11, 18)
CODING = CodingDocument(("I10", "E119"), (CodedService("99214", (1, 2)),), SERVICE_DATE)


@pytest.fixture
def uncoded_id(database_url: str, act: Act) -> UUID:
    """An encounter that waits for a coder, beside one that came coded."""
    policy = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
    with transaction(database_url) as session:
        add_partners(session, act.client_id)
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
        )
        records = [a_record(1), a_record(2, source_key="V-2", **CODED)]
        record_encounters(session, act, file.id, records, policy=policy)
    with transaction(database_url) as session:
        ids = encounters.list_encounter_ids(session, act.client_id, EncounterState.REGISTERED)
        queued = queue_encounters(session, act, ids, service_hours=48, policy=AS_WRITTEN)
        assert queued == QueuedEncounters(coded=1, queued=1)
        return encounters.find_encounters_by_source_key(session, act.client_id, ["V-1"])["V-1"].id


def take(database_url: str, act: Act) -> WorkItem:
    with transaction(database_url) as session:
        item = work_leases.lease_next_work_item(
            session, act.client_id, Queue.CODING, holder=act.actor, at=act.at
        )
        assert item is not None
        return item


def state_of(database_url: str, encounter_id: UUID) -> str:
    with transaction(database_url) as session:
        return session.exec(select(Encounter.state).where(Encounter.id == encounter_id)).one()


def test_a_coder_takes_codes_and_completes(database_url: str, act: Act, uncoded_id: UUID) -> None:
    item = take(database_url, act)
    with transaction(database_url) as session:
        assert assign_codes(session, act, uncoded_id, CODING, AS_WRITTEN) == ()
    with transaction(database_url) as session:
        complete_coding(
            session,
            act,
            uncoded_id,
            work_item_id=item.id,
            token=item.lease_token,
            policy=AS_WRITTEN,
        )
    assert state_of(database_url, uncoded_id) == EncounterState.CODED
    with transaction(database_url) as session:
        encounter = encounters.get_encounter(session, act.client_id, uncoded_id)
        coding = codings.list_codings(session, act.client_id, [encounter])[uncoded_id]
        assert coding.diagnoses == CODING.diagnoses
        assert work_items.list_open_work_items(session, act.client_id) == []


def test_codes_that_may_not_be_billed_are_not_stored(
    database_url: str, act: Act, uncoded_id: UUID
) -> None:
    bad = CodingDocument(("E11",), (CodedService("99214", (1,)),), SERVICE_DATE)
    with transaction(database_url) as session:
        findings = assign_codes(session, act, uncoded_id, bad, AS_WRITTEN)
    assert [finding.field for finding in findings] == ["diagnoses[1]"]
    with transaction(database_url) as session:
        assert encounters.list_charges(session, act.client_id, [uncoded_id]) == []


def test_completing_without_codes_says_what_is_missing_and_moves_nothing(
    database_url: str, act: Act, uncoded_id: UUID
) -> None:
    item = take(database_url, act)
    with transaction(database_url) as session:
        findings = complete_coding(
            session,
            act,
            uncoded_id,
            work_item_id=item.id,
            token=item.lease_token,
            policy=AS_WRITTEN,
        )
    assert {finding.field for finding in findings} == {"diagnoses", "services"}
    assert state_of(database_url, uncoded_id) == EncounterState.CODING


def test_a_coder_who_lost_the_lease_cannot_complete(
    database_url: str, act: Act, uncoded_id: UUID
) -> None:
    item = take(database_url, act)
    with transaction(database_url) as session:
        assign_codes(session, act, uncoded_id, CODING, AS_WRITTEN)
    with pytest.raises(StaleLeaseError), transaction(database_url) as session:
        complete_coding(
            session,
            act,
            uncoded_id,
            work_item_id=item.id,
            token=item.lease_token - 1,
            policy=AS_WRITTEN,
        )
    assert state_of(database_url, uncoded_id) == EncounterState.CODING


def test_a_question_to_the_provider_holds_the_encounter_until_it_is_answered(
    database_url: str, act: Act, uncoded_id: UUID
) -> None:
    item = take(database_url, act)
    with transaction(database_url) as session:
        ask_provider(
            session,
            act,
            uncoded_id,
            question="Is the diabetes type 2?",
            work_item_id=item.id,
            token=item.lease_token,
        )
    with pytest.raises(IllegalTransitionError), transaction(database_url) as session:
        assign_codes(session, act, uncoded_id, CODING, AS_WRITTEN)
    with transaction(database_url) as session:
        answer_query(session, act, uncoded_id, answer="Yes, type 2.", service_hours=48)
        queues = [row.queue for row in work_items.list_open_work_items(session, act.client_id)]
        assert queues == [Queue.CODING]
        notes = encounters.list_notes(session, act.client_id, [uncoded_id])
        assert [note.text for note in notes][-1] == "Yes, type 2."
