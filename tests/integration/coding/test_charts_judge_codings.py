"""Codings judged by the notes of their chart and by the tabular list of their day."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models.documents.act import Act
from models.documents.claim import ClaimForm
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import ChartFacts, CodingCase, NoteFacts, PatientFacts
from models.documents.coding_policy import CodingPolicy
from models.documents.encounter import CodeSystem, SourceCode, SourceNote
from models.states.encounter import EncounterState
from models.tables import DiagnosisNote, ReferenceEdition
from models.values.reference import EditionState, Licence, ReferenceKind
from revcycle.operations.coding.gather_cases import gather_stored_cases
from revcycle.operations.coding.judge_codes_alone import judge_codes_alone
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.rules.coding import check_coding
from revcycle.store import encounters
from revcycle.store.session import transaction
from tests.conftest import NOON
from tests.integration.intake_records import CODED, SERVICE_DATE, a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners

Register = Callable[..., CodingCase]
ASTHMA_WITH_WHEEZING = (
    SourceCode(CodeSystem.ICD10CM, "J45909"),
    SourceCode(CodeSystem.ICD10CM, "R062"),
)


@pytest.fixture
def register(database_url: str, act: Act) -> Register:
    """Record a coded visit; return what rules would judge it by."""

    def record(**changes: Any) -> CodingCase:
        with transaction(database_url) as session:
            add_partners(session, act.client_id)
            file = store_inbound_file(
                session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
            )
            policy = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
            records = [a_record(1, **{**CODED, **changes})]
            record_encounters(session, act, file.id, records, policy=policy)
        with transaction(database_url) as session:
            state = EncounterState.REGISTERED
            ids = encounters.list_encounter_ids(session, act.client_id, state)
            rows = encounters.list_encounters(session, act.client_id, ids)
            (case,) = gather_stored_cases(
                session, act.client_id, rows, ClaimForm.PROFESSIONAL
            ).values()
            return case

    return record


def add_list(url: str, effective_from: date, excluded: str) -> None:
    """Load an edition of the tabular list with one note, at category J45 of its block."""
    with transaction(url) as session:
        edition = ReferenceEdition(
            kind=ReferenceKind.ICD10CM_NOTES,
            name=f"invented {effective_from}",
            file_name="invented.xml",
            sha256=f"{effective_from:%Y%m%d}".rjust(64, "0"),
            effective_from=effective_from,
            row_count=1,
            licence=next(iter(Licence)),
            imported_at=NOON,
            imported_by="command:refdata:tester",
            state=EditionState.IN_USE,
        )
        session.add(edition)
        session.flush()
        session.add(
            DiagnosisNote(
                edition_id=edition.id or 0,
                code="J45",
                ordinal=1,
                kind="excludes1",
                text=f"wheezing NOS ({excluded})",
                codes=excluded,
            )
        )


def test_a_note_at_a_category_holds_for_the_codes_below_it(
    database_url: str, register: Register
) -> None:
    add_list(database_url, date(2025, 10, 1), "R062")
    case = register(diagnoses=ASTHMA_WITH_WHEEZING)
    assert [note.at for note in case.facts.notes["J45909"]] == ["J45"]
    assert "R062" not in case.facts.notes
    assert "coding.excludes1" in {finding.rule_id for finding in check_coding(case)}


def test_the_list_of_the_day_of_service_answers(database_url: str, register: Register) -> None:
    add_list(database_url, date(2025, 10, 1), "R062")
    add_list(database_url, date(2026, 10, 1), "R05")
    add_list(database_url, date(2027, 10, 1), "R06")
    case = register(diagnoses=ASTHMA_WITH_WHEEZING)
    assert [note.codes for note in case.facts.notes["J45909"]] == [("R05",)]


def test_without_a_list_nothing_is_known_of_notes(register: Register) -> None:
    case = register(diagnoses=ASTHMA_WITH_WHEEZING)
    assert case.facts.notes == {}
    assert "coding.excludes1" not in {finding.rule_id for finding in check_coding(case)}


def test_notes_of_the_chart_come_without_their_text(register: Register) -> None:
    written = SourceNote("Cough, better.", written_on=SERVICE_DATE, is_signed=False)
    case = register(notes=(written, SourceNote("  ")))
    assert case.chart.notes == (
        NoteFacts(SERVICE_DATE, is_signed=False),
        NoteFacts(None, is_signed=True, is_empty=True),
    )


def test_a_chart_without_notes_says_so(register: Register) -> None:
    case = register(notes=())
    assert case.chart.notes == ()
    assert "coding.medical_record" in {finding.rule_id for finding in check_coding(case)}


def test_codes_from_outside_are_judged_by_the_list_of_their_day(
    database_url: str, client_id: UUID
) -> None:
    add_list(database_url, date(2025, 10, 1), "R062")
    coding = CodingDocument(("J45909", "R062"), (CodedService("99213", (1,)),), SERVICE_DATE)
    with transaction(database_url, client_id) as session:
        findings = judge_codes_alone(
            session, coding, ChartFacts(), PatientFacts(), (), CodingPolicy()
        )
    assert "coding.excludes1" in {finding.rule_id for finding in findings}
