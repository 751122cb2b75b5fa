"""What a claim file says of the claim as a whole, segment by segment."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.documents.claim import FrequencyCode
from models.documents.claim_codes import (
    ClaimDate,
    ClaimDateKind,
    ClaimReferenceKind,
    HealthCode,
    HealthCodeKind,
)
from models.documents.claim_details import (
    AmbulanceTransport,
    Attachment,
    Condition,
    Contract,
    Note,
    Pricing,
    SpinalManipulation,
)
from models.documents.claim_supplements import (
    NO_LINE_SUPPLEMENT,
    NO_SUPPLEMENT,
)
from models.documents.party import Provider, Reference
from models.values.money import Money
from tests.unit.formats.x12_claims.claim_texts import (
    STAY,
    institutional,
    professional,
    read_clean,
)

DAY = date(2026, 9, 1)


def test_an_ordinary_claim_shares_the_empty_supplement() -> None:
    claim = read_clean(professional())
    assert claim.supplement is NO_SUPPLEMENT
    assert claim.lines[0].supplement is NO_LINE_SUPPLEMENT


@pytest.mark.parametrize(
    ("segment", "field", "value"),
    [
        ("DTP*431*D8*20260901", "dates", (ClaimDate(ClaimDateKind.ONSET, DAY),)),
        ("DTP*439*D8*20260901", "dates", (ClaimDate(ClaimDateKind.ACCIDENT, DAY),)),
        ("DTP*484*D8*20260901", "dates", (ClaimDate(ClaimDateKind.LAST_MENSTRUAL_PERIOD, DAY),)),
        (
            "DTP*314*RD8*20260901-20260908",
            "dates",
            (ClaimDate(ClaimDateKind.DISABILITY, DAY, date(2026, 9, 8)),),
        ),
        ("DTP*435*D8*20260901", "dates", (ClaimDate(ClaimDateKind.ADMISSION, DAY),)),
        ("PWK*OZ*BM***AC*CTRL77", "attachments", (Attachment("OZ", "BM", "CTRL77"),)),
        ("PWK*B3*AA", "attachments", (Attachment("B3", "AA"),)),
        (
            "CN1*02*100.5*12.5*CODE*2*V1",
            "contract",
            Contract("02", Money(10_050), Decimal("12.5"), "CODE", Decimal(2), "V1"),
        ),
        ("REF*EA*MRN55", "references", (Reference("EA", "MRN55"),)),
        ("REF*X4*36D0000001", "references", (Reference("X4", "36D0000001"),)),
        ("REF*ZZ*ODD", "references", (Reference("ZZ", "ODD"),)),
        ("K3*FIXED FORMAT", "file_information", ("FIXED FORMAT",)),
        ("NTE*ADD*SAMPLE NOTE", "notes", (Note("ADD", "SAMPLE NOTE"),)),
        (
            "CR1*LB*140**A*DH*12.5***ROUND TRIP*STRETCHER",
            "ambulance",
            AmbulanceTransport("A", Decimal("12.5"), Decimal(140), "ROUND TRIP", "STRETCHER"),
        ),
        ("CR2********C**BACK*NECK", "spinal", SpinalManipulation("C", "BACK", "NECK")),
        ("CRC*07*Y*01*06", "conditions", (Condition("07", applies=True, codes=("01", "06")),)),
        ("CRC*ZZ*N*NU", "conditions", (Condition("ZZ", applies=False, codes=("NU",)),)),
        (
            "HCP*03*100*25*ORG1*.75********T1*2*3",
            "pricing",
            Pricing(
                "03",
                Money(10_000),
                Money(2_500),
                "ORG1",
                Decimal(".75"),
                reject_reason="T1",
                compliance="2",
                exception="3",
            ),
        ),
    ],
)
def test_a_fact_of_the_claim_is_read(segment: str, field: str, value: Any) -> None:
    claim = read_clean(professional(before=(segment,)))
    assert claim.supplement == replace(NO_SUPPLEMENT, **{field: value})


def test_dates_and_numbers_are_found_by_what_they_are() -> None:
    segments = ("DTP*439*D8*20260901", "REF*EA*MRN55", "REF*EA*MRN56")
    claim = read_clean(professional(before=segments))
    assert claim.date_of(ClaimDateKind.ACCIDENT) == DAY
    assert claim.date_of(ClaimDateKind.ONSET) is None
    assert claim.reference_of(ClaimReferenceKind.MEDICAL_RECORD) == "MRN55"
    assert claim.reference_of(ClaimReferenceKind.LABORATORY) == ""


def test_the_first_numbers_have_fields_and_the_second_are_references() -> None:
    segments = ("REF*G1*AUTH1", "REF*G1*AUTH2", "REF*9F*REF1", "REF*F8*ICN1")
    claim = read_clean(professional(before=segments))
    assert (claim.prior_authorization, claim.referral_number) == ("AUTH1", "REF1")
    assert claim.original_reference == "ICN1"
    assert claim.supplement.references == (Reference("G1", "AUTH2"),)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("CLM*A-1*125***11:B:1*N*B*W*I*P", {
            "signature_on_file": "N",
            "assignment_code": "B",
            "benefits_assigned": "W",
            "release_of_information": "I",
            "patient_signature_source": "P",
        }),
        ("CLM*A-1*125***11:B:1*Y*A*Y*Y**AA:OA::OH:CA*02********7", {
            "related_causes": ("AA", "OA"),
            "accident_state": "OH",
            "accident_country": "CA",
            "special_program": "02",
            "delay_reason": "7",
        }),
        ("CLM*A-1*125***11:B:6*Y*A*Y*Y", {"frequency_code": "6"}),
    ],
    ids=["signatures", "causes", "frequency-of-its-own"],
)  # fmt: skip
def test_the_rest_of_the_claim_segment_is_read(header: str, fields: dict[str, Any]) -> None:
    claim = read_clean(professional(claim=(header,)))
    assert claim.supplement == replace(NO_SUPPLEMENT, **fields)


def test_replacement_and_void_have_their_frequency() -> None:
    claim = read_clean(professional(claim=("CLM*A-1*125***11:B:8*Y*C*Y*Y",)))
    assert claim.frequency_code is FrequencyCode.VOID
    assert not claim.accepts_assignment
    assert claim.supplement is NO_SUPPLEMENT


HOSPITAL_STAY = institutional(
    claim=(
        "CLM*A-5*900***11:A:3**A*Y*Y***********2",
        "DTP*096*TM*1130",
        "DTP*434*RD8*20261001-20261012",
        "DTP*435*DT*202610010815",
        "CL1*1*7*30",
        "AMT*F3*120.5",
        "REF*LU*OH",
    ),
    diagnoses=(
        "HI*ABK:M25511:::::::Y",
        "HI*ABJ:R52",
        "HI*APR:R51*APR:R52",
        "HI*ABN:W010XXA:::::::N",
        "HI*DR:470",
        "HI*ABF:Z8739:::::::W*ABF:I10",
        "HI*BBR:0SRB0J9:D8:20261002",
        "HI*BBQ:3E0T3BZ:D8:20261003",
        "HI*BI:70:RD8:20261001-20261004",
        "HI*BH:11:D8:20261001",
        "HI*BE:80:::12.5",
        "HI*BG:09*BG:C1",
        "HI*TC:A01",
    ),
    after=(
        "NM1*71*1*EXEMPLAR*RHEA****XX*1245319599",
        "PRV*AT*PXC*208100000X",
        "REF*1G*UPIN1",
        "NM1*72*1*CUTTER*CARL****XX*1003000126",
        "NM1*ZZ*1*SECOND*SUE****XX*1234567893",
    ),
)


def test_a_hospital_stay_is_read() -> None:
    claim = read_clean(HOSPITAL_STAY)
    stay = claim.institutional
    assert stay is not None
    assert (stay.bill_type, claim.supplement.delay_reason) == ("0113", "2")
    assert (stay.admitted_on, stay.admission_time) == (date(2026, 10, 1), "0815")
    assert (stay.discharge_time, stay.patient_status) == ("1130", "30")
    assert stay.statement_period == (date(2026, 10, 1), date(2026, 10, 12))
    assert claim.supplement.patient_estimated_due == Money(12_050)
    assert claim.reference_of(ClaimReferenceKind.AUTO_ACCIDENT_STATE) == "OH"
    assert claim.diagnoses == ("M25511", "Z8739", "I10")
    assert claim.supplement.present_on_admission == ("Y", "W", "")
    assert stay.attending_provider == Provider(
        "1245319599",
        "EXEMPLAR",
        "RHEA",
        taxonomy="208100000X",
        references=(Reference("1G", "UPIN1"),),
    )
    assert claim.supplement.operating_physician == Provider("1003000126", "CUTTER", "CARL")
    assert claim.supplement.other_operating_physician == Provider("1234567893", "SECOND", "SUE")


def test_the_codes_of_a_hospital_stay_are_read() -> None:
    claim = read_clean(HOSPITAL_STAY)
    first, last = date(2026, 10, 1), date(2026, 10, 4)
    kinds = HealthCodeKind
    assert claim.supplement.health_codes == (
        HealthCode(kinds.ADMITTING_DIAGNOSIS, "R52"),
        HealthCode(kinds.REASON_FOR_VISIT, "R51"),
        HealthCode(kinds.REASON_FOR_VISIT, "R52"),
        HealthCode(kinds.EXTERNAL_CAUSE, "W010XXA", present_on_admission="N"),
        HealthCode(kinds.DIAGNOSIS_RELATED_GROUP, "470"),
        HealthCode(kinds.PRINCIPAL_PROCEDURE, "0SRB0J9", date(2026, 10, 2)),
        HealthCode(kinds.OTHER_PROCEDURE, "3E0T3BZ", date(2026, 10, 3)),
        HealthCode(kinds.OCCURRENCE_SPAN, "70", first, last),
        HealthCode(kinds.OCCURRENCE, "11", first),
        HealthCode(kinds.VALUE, "80", amount=Decimal("12.5")),
        HealthCode(kinds.CONDITION, "09"),
        HealthCode(kinds.CONDITION, "C1"),
        HealthCode(kinds.TREATMENT, "A01"),
    )


def test_a_stay_billed_from_first_to_last_service_names_no_other_period() -> None:
    claim = read_clean(institutional(claim=(STAY[0], "DTP*434*RD8*20261005-20261005", STAY[2])))
    assert claim.institutional is not None
    assert claim.institutional.statement_period is None


def test_diagnoses_of_the_ninth_revision_are_known_as_such() -> None:
    claim = read_clean(institutional(diagnoses=("HI*BK:4660", "HI*BF:V1234")))
    assert claim.diagnoses == ("4660", "V1234")
    assert claim.supplement.is_icd9


def test_the_principal_diagnosis_comes_first_whatever_the_order() -> None:
    claim = read_clean(institutional(diagnoses=("HI*ABF:Z23*ABF:I10", "HI*ABK:J069")))
    assert claim.diagnoses == ("J069", "Z23", "I10")


def test_anaesthesia_names_the_surgery() -> None:
    claim = read_clean(professional(after=("HI*BP:33533*BO:33510",)))
    assert [(code.kind, code.code) for code in claim.supplement.health_codes] == [
        (HealthCodeKind.ANESTHESIA_PROCEDURE, "33533"),
        (HealthCodeKind.OTHER_ANESTHESIA_PROCEDURE, "33510"),
    ]
