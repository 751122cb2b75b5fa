"""Intake records of an invented patient, for tests of operations."""

from dataclasses import replace
from datetime import date
from typing import Any

from models.documents.encounter import (
    CodeSystem,
    EncounterDocument,
    IntakeRecord,
    SourceCode,
    SourceCoverage,
    SourceNote,
    SourceProcedure,
)
from models.documents.party import Address, Person, Provider
from tests.integration.practice_rows import BLUE_HERON, PROVIDER_NPI

SERVICE_DATE = date(2026, 11, 18)
WREN = Person(
    last_name="Wrenfield",
    first_name="Ottoline",
    birth_date=date(1980, 5, 17),
    sex="F",
    address=Address("7 Alder Row", "Cayuga Point", "NY", "14850"),
    phone="6075550133",
    email="ottoline@wrenfield.example.org",
)
COVERAGE = SourceCoverage(
    rank=1, payer_name=BLUE_HERON.name, member_id="BHH0012340", payer_id=BLUE_HERON.payer_id
)
CODED: dict[str, Any] = {
    "diagnoses": (SourceCode(CodeSystem.ICD10CM, "I10"),),
    "procedures": (
        SourceProcedure(SourceCode(CodeSystem.CPT_HCPCS, "99213"), diagnosis_pointers=(1,)),
    ),
}


def an_encounter(**changes: Any) -> EncounterDocument:
    """One visit of Ottoline Wrenfield, with a note and no codes."""
    document = EncounterDocument(
        source_key="V-1",
        patient=WREN,
        identifiers=(("lakeside-mrn", "MRN-1"),),
        service_date=SERVICE_DATE,
        coverages=(COVERAGE,),
        rendering_provider=Provider(PROVIDER_NPI, "Quillfeather", "Odette"),
        place_of_service="11",
        notes=(SourceNote("Blood pressure is high again."),),
    )
    return replace(document, **changes)


def a_record(ordinal: int = 1, **changes: Any) -> IntakeRecord:
    """The same visit as a record of a file."""
    return IntakeRecord(ordinal, f"entry {ordinal}", an_encounter(**changes))
