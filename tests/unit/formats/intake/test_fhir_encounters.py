"""read_encounters of FHIR files."""

import base64
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from models.documents.encounter import CodeSystem, EncounterDocument, IntakeRecord
from models.documents.finding import Severity
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.fhir.encounters import read_encounters

Resource = dict[str, Any]
MR = {"coding": [{"code": "MR"}]}
PATIENT: Resource = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "urn:other", "value": "X"}, {"type": MR, "value": "P1"}],
    "name": [{"use": "old", "family": "Old"}, {"use": "official", "family": "Reedvale"}],
    "gender": "female",
    "birthDate": "1970-03-04",
    "address": [{"line": ["1 Moss Way"], "state": "Ohio", "postalCode": "44101-1234"}],
}
ENCOUNTER: Resource = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "finished",
    "class": {"code": "EMER"},
    "subject": {"reference": "Patient/p1"},
    "period": {"start": "2026-11-20T15:30:00Z"},
}
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
NPI = "http://hl7.org/fhir/sid/us-npi"


def a_bundle(*resources: Resource, kind: str = "collection") -> bytes:
    entries = [{"resource": resource} for resource in resources]
    return orjson.dumps({"resourceType": "Bundle", "type": kind, "entry": entries})


def read_one(*resources: Resource) -> tuple[EncounterDocument, IntakeRecord]:
    (record,) = read_encounters(a_bundle(PATIENT, *resources))
    assert record.encounter is not None
    return record.encounter, record


def a_concept(code: str, system: str = ICD10) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def a_condition(code: str, system: str = ICD10, **more: object) -> Resource:
    return {
        "resourceType": "Condition",
        "code": a_concept(code, system),
        "encounter": {"reference": "Encounter/e1"},
        **more,
    }


@pytest.mark.parametrize("kind", ["collection", "transaction", "searchset"])
def test_every_kind_of_bundle_is_read(kind: str) -> None:
    (record,) = read_encounters(a_bundle(PATIENT, ENCOUNTER, kind=kind))
    assert record.position == "entry 2"
    assert record.encounter is not None
    assert record.encounter.source_key == "e1"
    assert record.encounter.place_of_service == "23"


def test_a_bulk_export_is_read_line_by_line_and_a_broken_line_stops_only_itself() -> None:
    data = b"\n".join((orjson.dumps(PATIENT), b"{broken", orjson.dumps(ENCOUNTER)))
    broken, good = read_encounters(data)
    assert (broken.position, broken.encounter) == ("line 2", None)
    assert broken.findings[0].severity is Severity.ERROR
    assert good.encounter is not None


def test_the_patient_is_read_with_the_record_number_first() -> None:
    encounter, _ = read_one(ENCOUNTER)
    assert encounter.identifiers == (("MR", "P1"), ("urn:other", "X"))
    assert encounter.patient.last_name == "Reedvale"
    assert encounter.patient.sex == "F"
    assert encounter.patient.address is not None
    assert encounter.patient.address.state == "OH"
    assert encounter.patient.address.zip_code == "441011234"


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        pytest.param("2026-11-21T01:30:00Z", date(2026, 11, 20), id="an-evening-in-UTC"),
        pytest.param("2026-11-21T00:00:00Z", date(2026, 11, 21), id="midnight-is-a-plain-date"),
        pytest.param("2026-11-21T01:30:00-05:00", date(2026, 11, 21), id="the-senders-own-zone"),
        pytest.param("2026-11-21", date(2026, 11, 21), id="a-date"),
    ],
)
def test_the_service_date_is_the_day_at_the_practice(stamp: str, day: date) -> None:
    encounter = {**ENCOUNTER, "period": {"start": stamp}}
    (record,) = read_encounters(a_bundle(PATIENT, encounter), zone=ZoneInfo("America/New_York"))
    assert record.encounter is not None
    assert record.encounter.service_date == day


@pytest.mark.parametrize(
    "reference",
    [
        {"reference": "urn:uuid:7e1c"},
        {"reference": "Practitioner/d1"},
        {"reference": "https://ehr.example.org/fhir/Practitioner/d1/_history/2"},
        {"reference": f"Practitioner?identifier={NPI}|1234567893"},
        {"type": "Practitioner", "identifier": {"system": NPI, "value": "1234567893"}},
        {"reference": "PractitionerRole/r1"},
    ],
    ids=["urn", "relative", "absolute", "conditional", "logical", "role"],
)
def test_every_kind_of_reference_finds_the_provider(reference: Resource) -> None:
    practitioner = {
        "resourceType": "Practitioner",
        "id": "d1",
        "identifier": [{"system": NPI, "value": "1234567893"}],
        "name": [{"family": "Ferndell", "given": ["Kelora"]}],
    }
    role = {
        "resourceType": "PractitionerRole",
        "id": "r1",
        "practitioner": {"reference": "Practitioner/d1"},
    }
    encounter = {**ENCOUNTER, "participant": [{"individual": reference}]}
    entries = [
        {"fullUrl": "urn:uuid:7e1c", "resource": practitioner},
        *({"resource": one} for one in (PATIENT, role, encounter)),
    ]
    (record,) = read_encounters(orjson.dumps({"resourceType": "Bundle", "entry": entries}))
    assert record.encounter is not None
    provider = record.encounter.rendering_provider
    assert provider is not None
    assert (provider.npi, provider.last_name) == ("1234567893", "Ferndell")


def test_an_npi_in_a_conditional_reference_is_enough_to_know_the_provider() -> None:
    target = {"reference": f"Practitioner?identifier={NPI}|1234567893", "display": "Ferndell"}
    encounter, _ = read_one({**ENCOUNTER, "participant": [{"individual": target}]})
    assert encounter.rendering_provider is not None
    assert encounter.rendering_provider.npi == "1234567893"


def test_a_claim_brings_billable_codes_with_pointers_and_charges() -> None:
    claim = {
        "resourceType": "Claim",
        "diagnosis": [
            {"sequence": 2, "diagnosisCodeableConcept": a_concept("I10")},
            {"sequence": 1, "diagnosisCodeableConcept": a_concept("E11.9")},
        ],
        "item": [
            {
                "productOrService": {
                    "coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]
                },
                "modifier": [{"coding": [{"code": "25"}]}],
                "diagnosisSequence": [2, 1],
                "quantity": {"value": 2},
                "unitPrice": {"value": 62.5},
                "servicedDate": "2026-11-20",
                "encounter": [{"reference": "Encounter/e1"}],
            }
        ],
    }
    encounter, _ = read_one(ENCOUNTER, claim, a_condition("I10"))
    (service,) = encounter.procedures
    assert [code.code for code in encounter.diagnoses] == ["E119", "I10"]
    assert service.code.system == CodeSystem.CPT_HCPCS
    assert service.diagnosis_pointers == (2, 1)
    assert (service.modifiers, service.charge) == (("25",), Money(12_500))


def test_snomed_codes_are_kept_and_refuted_conditions_are_not() -> None:
    snomed = a_condition("38341003", "http://snomed.info/sct")
    refuted = a_condition("I10", verificationStatus={"coding": [{"code": "refuted"}]})
    encounter, _ = read_one(ENCOUNTER, snomed, refuted)
    assert [(one.system, one.code) for one in encounter.diagnoses] == [
        (CodeSystem.SNOMED, "38341003")
    ]


def test_a_coverage_contained_in_a_benefit_is_found() -> None:
    contained = {
        "resourceType": "Coverage",
        "id": "c",
        "subscriberId": "M1",
        "payor": [{"display": "Bluegate"}],
    }
    benefit = {
        "resourceType": "ExplanationOfBenefit",
        "contained": [contained],
        "insurance": [{"coverage": {"reference": "#c"}}],
        "item": [{"encounter": [{"reference": "Encounter/e1"}]}],
    }
    encounter, _ = read_one(ENCOUNTER, benefit)
    (coverage,) = encounter.coverages
    assert (coverage.payer_name, coverage.member_id) == ("Bluegate", "M1")


def test_a_coverage_that_ended_before_the_visit_is_left_out_and_order_is_rank() -> None:
    def coverage(name: str, order: int, end: str) -> Resource:
        return {
            "resourceType": "Coverage",
            "order": order,
            "beneficiary": {"reference": "Patient/p1"},
            "payor": [{"display": name}],
            "period": {"end": end},
        }

    encounter, _ = read_one(
        ENCOUNTER,
        coverage("Second", 2, "2026-12-31"),
        coverage("Ended", 1, "2026-11-19"),
        coverage("First", 1, "2026-11-20"),
    )
    assert [(one.rank, one.payer_name) for one in encounter.coverages] == [
        (1, "First"),
        (2, "Second"),
    ]


def test_notes_are_decoded_and_what_is_no_text_is_reported() -> None:
    def document(kind: str, content: bytes, **more: str) -> Resource:
        attachment = {"contentType": kind, "data": base64.b64encode(content).decode()}
        return {
            "resourceType": "DocumentReference",
            "content": [{"attachment": attachment}],
            "context": {"encounter": [{"reference": "Encounter/e1"}]},
            **more,
        }

    encounter, record = read_one(
        ENCOUNTER,
        document("text/plain; charset=latin-1", "caf\xe9".encode("latin-1")),
        document("text/html", b"<p>one</p><p>two &amp; three</p>", docStatus="preliminary"),
        document("application/pdf", b"%PDF"),
    )
    plain, marked = encounter.notes
    assert plain.text == "caf\xe9"
    assert (marked.text, marked.is_signed) == ("one\ntwo & three", False)
    assert [one.rule_id for one in record.findings] == ["intake.note"]


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error", "planned", "in-progress"])
def test_an_encounter_that_did_not_end_is_quarantined(status: str) -> None:
    cancelled = {**ENCOUNTER, "status": status, "id": "e0"}
    bad, good = read_encounters(a_bundle(PATIENT, cancelled, ENCOUNTER))
    assert bad.encounter is None
    assert bad.findings[0].rule_id == "intake.encounter_status"
    assert good.encounter is not None


def test_an_encounter_of_nobody_is_quarantined() -> None:
    (record,) = read_encounters(a_bundle(ENCOUNTER))
    assert record.encounter is None
    assert record.findings[0].field == "subject"


def test_a_partial_birth_date_is_a_finding_and_not_a_guess() -> None:
    patient = {**PATIENT, "birthDate": "1970-03"}
    (record,) = read_encounters(a_bundle(patient, ENCOUNTER))
    assert record.encounter is not None
    assert record.encounter.patient.birth_date is None
    assert [one.field for one in record.findings] == ["birthDate"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "no JSON", id="an-empty-file"),
        pytest.param(b"MSH|^~", "no JSON", id="another-format"),
        pytest.param(b"[1, 2]", "no FHIR resource", id="a-list"),
        pytest.param(b'{"a": 1}', "no FHIR resource", id="other-JSON"),
        pytest.param(a_bundle(PATIENT), "no Encounter; it holds: Patient 1", id="no-encounter"),
    ],
)
def test_an_unreadable_file_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(RejectedError, match=words):
        read_encounters(data)


def test_an_empty_search_result_holds_no_records() -> None:
    assert read_encounters(a_bundle(kind="searchset")) == ()


@pytest.mark.parametrize("junk", [None, 5, "text", [], {}, [None]])
@pytest.mark.parametrize("name", sorted({*PATIENT, *ENCOUNTER} - {"resourceType", "id"}))
def test_no_value_of_the_wrong_type_stops_the_reader(name: str, junk: object) -> None:
    patient = {**PATIENT, name: junk} if name in PATIENT else PATIENT
    encounter = {**ENCOUNTER, name: junk} if name in ENCOUNTER else ENCOUNTER
    assert len(read_encounters(a_bundle(patient, encounter))) == 1


@pytest.mark.parametrize("amount", [1e300, 12.345, "1e999999999", "free"])
def test_an_amount_that_is_none_is_reported_and_the_service_stays(amount: object) -> None:
    claim = {
        "resourceType": "Claim",
        "item": [
            {
                "productOrService": a_concept("99213", "http://www.ama-assn.org/go/cpt"),
                "net": {"value": amount},
                "encounter": [{"reference": "Encounter/e1"}],
            }
        ],
    }
    encounter, record = read_one(ENCOUNTER, claim)
    assert encounter.procedures[0].charge is None
    assert [one.field for one in record.findings] == ["item.net"]
