"""record_encounters: every record of a file ends in exactly one outcome."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.encounter import IntakeRecord
from models.documents.finding import Finding, Severity
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import Charge, Coverage, Encounter, Patient, SourceCodeRow
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.correct_encounter import (
    CoverageCorrection,
    EncounterCorrection,
    PatientCorrection,
    correct_encounter,
    settle_patient_match,
)
from revcycle.operations.intake.record_encounters import (
    IntakeCount,
    IntakePolicy,
    record_encounters,
)
from revcycle.store import encounters, work_items
from revcycle.store.session import transaction
from tests.integration.intake_records import CODED, COVERAGE, WREN, a_record, an_encounter
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners

POLICY = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")


@pytest.fixture
def file_id(database_url: str, act: Act) -> UUID:
    with transaction(database_url) as session:
        add_partners(session, act.client_id)
        stored = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
        )
    return stored.id


def record(
    database_url: str, act: Act, file_id: UUID, records: Sequence[IntakeRecord]
) -> IntakeCount:
    with transaction(database_url) as session:
        return record_encounters(session, act, file_id, records, policy=POLICY)


def open_queues(database_url: str, client_id: UUID) -> list[str]:
    with transaction(database_url) as session:
        return [row.queue for row in work_items.list_open_work_items(session, client_id)]


def test_a_complete_record_registers_patient_coverage_and_encounter(
    database_url: str, act: Act, file_id: UUID
) -> None:
    count = record(database_url, act, file_id, [a_record(**CODED)])
    assert count == IntakeCount(accepted=1)
    with transaction(database_url) as session:
        (encounter,) = session.exec(select(Encounter)).all()
        assert encounter.state == EncounterState.REGISTERED
        assert session.exec(select(Patient.last_name)).all() == ["Wrenfield"]
        assert session.exec(select(Coverage.member_id)).all() == ["BHH0012340"]
        assert session.exec(select(Charge.diagnosis_pointers)).all() == ["1"]
        assert len(session.exec(select(SourceCodeRow)).all()) == 2


def test_recording_a_file_twice_changes_nothing(database_url: str, act: Act, file_id: UUID) -> None:
    records = [a_record(1), a_record(2, source_key="V-2")]
    assert record(database_url, act, file_id, records) == IntakeCount(accepted=2)
    assert record(database_url, act, file_id, records) == IntakeCount()


def test_the_four_outcomes_add_up_to_the_records(
    database_url: str, act: Act, file_id: UUID
) -> None:
    unreadable = Finding("intake.resource", Severity.ERROR, "subject", "no such patient")
    records = [
        a_record(1),
        a_record(2),  # the same visit again
        a_record(3, source_key="V-3", patient=replace(WREN, birth_date=None)),
        IntakeRecord(4, "entry 4", None, (unreadable,)),
    ]
    count = record(database_url, act, file_id, records)
    assert count == IntakeCount(accepted=1, needs_fix=1, duplicate=1, quarantined=1)
    assert open_queues(database_url, act.client_id) == [Queue.INTAKE, Queue.INTAKE]


def test_charges_that_follow_the_registration_complete_the_same_encounter(
    database_url: str, act: Act, file_id: UUID
) -> None:
    record(database_url, act, file_id, [a_record(1)])
    count = record(database_url, act, file_id, [a_record(2, **CODED)])
    assert count == IntakeCount(duplicate=1)
    with transaction(database_url) as session:
        assert session.exec(select(Charge.procedure_code)).all() == ["99213"]
        assert encounters.count_by_state(session, act.client_id) == {"registered": 1}


def test_the_same_person_under_a_new_visit_stays_one_patient(
    database_url: str, act: Act, file_id: UUID
) -> None:
    record(database_url, act, file_id, [a_record(1)])
    respelled = replace(WREN, first_name="Otoline")
    record(database_url, act, file_id, [a_record(2, source_key="V-2", patient=respelled)])
    with transaction(database_url) as session:
        assert len(session.exec(select(Patient)).all()) == 1


def test_a_doubtful_patient_waits_for_a_person_and_can_be_joined(
    database_url: str, act: Act, file_id: UUID
) -> None:
    record(database_url, act, file_id, [a_record(1)])
    married = replace(WREN, last_name="Marshbank")
    other = a_record(2, source_key="V-2", patient=married, identifiers=())
    assert record(database_url, act, file_id, [other]) == IntakeCount(needs_fix=1)
    with transaction(database_url) as session:
        known = session.exec(select(Patient.id).where(Patient.last_name == "Wrenfield")).one()
        doubtful = encounters.find_encounters_by_source_key(session, act.client_id, ["V-2"])["V-2"]
        settle_patient_match(session, act, doubtful.id, same_as=known)
    with transaction(database_url) as session:
        rows = session.exec(select(Encounter)).all()
        assert {row.patient_id for row in rows} == {known}
        assert {row.state for row in rows} == {EncounterState.REGISTERED}
    assert open_queues(database_url, act.client_id) == []


def test_a_correction_registers_the_encounter_once_nothing_is_wrong(
    database_url: str, act: Act, file_id: UUID
) -> None:
    broken = an_encounter(
        patient=replace(WREN, birth_date=None), coverages=(replace(COVERAGE, member_id=""),)
    )
    record(database_url, act, file_id, [IntakeRecord(1, "entry 1", broken)])
    with transaction(database_url) as session:
        encounter_id = session.exec(select(Encounter.id)).one()
        still_wrong = correct_encounter(session, act, encounter_id, EncounterCorrection())
    assert "intake.required_identity" in {finding.rule_id for finding in still_wrong}
    correction = EncounterCorrection(
        patient=PatientCorrection(birth_date=date(1980, 5, 17)),
        coverages=(CoverageCorrection(1, BLUE_HERON.key, "BHH0012340"),),
    )
    with transaction(database_url) as session:
        correct_encounter(session, act, encounter_id, correction)
    with transaction(database_url) as session:
        assert session.exec(select(Encounter.state)).all() == [EncounterState.REGISTERED]
        assert session.exec(select(Coverage.member_id)).all() == ["BHH0012340"]
    assert open_queues(database_url, act.client_id) == []


@pytest.mark.parametrize(
    "about_the_card",
    [
        pytest.param(
            EncounterCorrection(coverages=(CoverageCorrection(1, BLUE_HERON.key, "BHH0012340"),)),
            id="its-member-id",
        ),
        pytest.param(EncounterCorrection(is_uninsured=True), id="that-there-is-none"),
    ],
)
def test_a_card_that_could_not_be_read_is_not_forgotten_over_another_fault(
    database_url: str, act: Act, file_id: UUID, about_the_card: EncounterCorrection
) -> None:
    """Else the visit would be billed to a patient who is insured."""
    broken = an_encounter(
        patient=replace(WREN, birth_date=None), coverages=(replace(COVERAGE, member_id=""),)
    )
    record(database_url, act, file_id, [IntakeRecord(1, "entry 1", broken)])
    birth_date = EncounterCorrection(patient=PatientCorrection(birth_date=date(1980, 5, 17)))
    for correction, state in ((birth_date, "needs_fix"), (about_the_card, "registered")):
        with transaction(database_url) as session:
            encounter_id = session.exec(select(Encounter.id)).one()
            correct_encounter(session, act, encounter_id, correction)
        with transaction(database_url) as session:
            assert session.exec(select(Encounter.state)).all() == [state]
    assert open_queues(database_url, act.client_id) == []


def test_the_item_of_a_half_corrected_visit_names_what_is_wrong_now(
    database_url: str, act: Act, file_id: UUID
) -> None:
    broken = an_encounter(patient=replace(WREN, birth_date=None, last_name=""))
    record(database_url, act, file_id, [IntakeRecord(1, "entry 1", broken)])
    half = EncounterCorrection(patient=PatientCorrection(last_name="Wrenfield"))
    with transaction(database_url) as session:
        encounter_id = session.exec(select(Encounter.id)).one()
        correct_encounter(session, act, encounter_id, half)
        (item,) = work_items.list_open_work_items(session, act.client_id)
        assert item.field == "patient.birth_date"
