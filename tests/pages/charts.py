"""Charts that wait for coders, for tests of the coder's pages."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from models.documents.act import Act
from models.documents.coding_policy import AS_WRITTEN
from models.documents.encounter import CodeSystem, SourceCode, SourceNote
from models.states.encounter import EncounterState
from revcycle.operations.coding.queue_encounters import queue_encounters
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.store import encounters
from revcycle.store.session import transaction
from tests.integration.intake_records import COVERAGE, WREN, a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners
from tests.pages.page_examples import YESTERDAY, add_practice

SERVICE_DATE = date(2026, 11, 18)
SNOMED = SourceCode(CodeSystem.SNOMED, "44054006", "Diabetes mellitus type 2")
HYPERTENSION = SourceCode(CodeSystem.ICD10CM, "I10", "Essential hypertension")

LAST_NAMES = ("Wrenfield", "Marrowby", "Cobblestone", "Thistlewood")


def add_charts(database_url: str, key: str, count: int = 1, **changes: Any) -> UUID:
    """Register a practice with charts of different patients that came without services."""
    client_id = add_practice(database_url, key)
    act = Act(client_id, "tester", YESTERDAY, YESTERDAY.date())
    policy = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
    visits = [_chart(number, changes) for number in range(1, count + 1)]
    with transaction(database_url, client_id) as session:
        add_partners(session, client_id)
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
        )
        record_encounters(session, act, file.id, visits, policy=policy)
    with transaction(database_url, client_id) as session:
        ids = encounters.list_encounter_ids(session, client_id, EncounterState.REGISTERED)
        queue_encounters(session, act, ids, service_hours=48, policy=AS_WRITTEN)
    return client_id


def _chart(number: int, changes: dict[str, Any]) -> Any:
    name = LAST_NAMES[number - 1]
    patient = replace(WREN, last_name=name, birth_date=date(1950 + number, number, 3))
    facts = {
        "source_key": f"V-{number}",
        "patient": patient,
        "coverages": (replace(COVERAGE, member_id=f"BHH001234{number}"),),
        "identifiers": (("lakeside-mrn", f"MRN-{number}"),),
        "diagnoses": (SNOMED, HYPERTENSION),
        "notes": (SourceNote("Blood pressure is high again.", SERVICE_DATE, "Dr. Quill"),),
        **changes,
    }
    return a_record(number, **facts)
