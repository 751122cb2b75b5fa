"""What a claim file says of the claim as a whole, segment by segment."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.claim import FrequencyCode
from models.documents.claim_codes import (
    ClaimDate,
    ClaimDateKind,
    ClaimReferenceKind,
    HealthCode,
    HealthCodeKind,
)
from models.documents.claim_details import (
    AmbulanceStop,
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
    OtherPayerProvider,
    PersonSupplement,
)
from models.documents.party import Address, Provider, Reference
from models.values.money import Money
from tests.unit.formats.x12_claims.claim_texts import (
    BILLING,
    POLICY,
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


def test_currency_and_who_is_paid_are_read_of_the_billing_provider() -> None:
    billing = (
        *BILLING[:2],
        "CUR*85*CAD",
        *BILLING[2:],
        "REF*G2*OURS",
        "PER*IC*BILLING DESK*TE*5555550100*EX*7*FX*5555550109",
        "NM1*87*2",
        "N3*PO BOX 9",
        "N4*DAYTON*OH*454029999",
        "NM1*PE*2*SAMPLE PLAN*****XV*PLAN1",
        "N3*3 SAMPLE ST",
        "N4*AKRON*OH*44301",
        "REF*2U*SECOND",
        "REF*EI*990000002",
    )
    claim = read_clean(professional(billing=billing))
    provider, extra = claim.billing_provider, claim.supplement
    assert provider.references == (Reference("G2", "OURS"),)
    assert (provider.contact_name, provider.contact_phone) == ("BILLING DESK", "5555550100")
    assert [number.kind for number in provider.contacts[0].numbers] == ["TE", "EX", "FX"]
    assert extra.currency == "CAD"
    assert extra.pay_to is not None
    assert extra.pay_to.address == Address("PO BOX 9", "DAYTON", "OH", "454029999")
    assert extra.pay_to_plan is not None
    assert (extra.pay_to_plan.plan_id, extra.pay_to_plan.id_qualifier) == ("PLAN1", "XV")
    assert extra.pay_to_plan.tax_id == "990000002"
    assert extra.pay_to_plan.references == (Reference("2U", "SECOND"),)


def test_a_person_who_bills_keeps_the_parts_of_the_name() -> None:
    billing = (*BILLING[:2], "NM1*85*1*EXEMPLAR*RHEA*Q**JR*XX*1245319599", *BILLING[3:5])
    claim = read_clean(professional(billing=(*billing, "REF*SY*990000001")))
    provider = claim.billing_provider
    assert provider.name == "EXEMPLAR RHEA"
    assert provider.person is not None
    assert (provider.person.middle_name, provider.person.suffix) == ("Q", "JR")
    assert provider.is_tax_id_personal


def test_the_policy_tells_of_patient_and_payer() -> None:
    policy = (
        "HL*2*1*22*0",
        "SBR*S*18*GRP100**12****MB",
        "PAT*****D8*20260901*01*140*Y",
        *POLICY[2:6],
        "REF*SY*990000003",
        "REF*Y4*CASE7",
        "PER*IC*A FRIEND*TE*5555550105*EX*9",
        "NM1*PR*2*SAMPLE HEALTH PLAN*****XV*00123",
        "N3*4 PAYER PL",
        "N4*AKRON*OH*44301",
        "REF*FY*OFFICE",
        "REF*G2*PROV9",
    )
    claim = read_clean(professional(policy=policy))
    assert claim.payer.insurance_type == "12"
    assert claim.payer.id_qualifier == "XV"
    assert claim.payer.address == Address("4 PAYER PL", "AKRON", "OH", "44301")
    assert claim.payer.references == (Reference("FY", "OFFICE"),)
    assert claim.supplement.billing_references == (Reference("G2", "PROV9"),)
    said = claim.supplement.subscriber
    assert (said.died_on, said.weight_pounds, said.is_pregnant) == (DAY, Decimal(140), True)
    assert (said.casualty_claim_number, said.references) == (
        "CASE7",
        (Reference("SY", "990000003"),),
    )
    assert said.contact is not None
    assert said.contact.name == "A FRIEND"


def test_another_patient_is_told_of_apart_from_the_subscriber() -> None:
    policy = (
        "HL*2*1*22*1",
        "SBR*P********CI",
        "NM1*IL*2*SAMPLE WORKS*****MI*W1",
        POLICY[6],
        "HL*3*2*23*0",
        "PAT*20****D8*20260901",
        "NM1*QC*1*TESTPERSON*BEN",
        *POLICY[3:6],
        "REF*Y4*CASE8",
    )
    claim = read_clean(professional(policy=policy))
    assert claim.subscriber.person.is_organization
    assert (claim.subscriber.relationship, claim.patient.first_name) == ("20", "BEN")
    assert claim.supplement.patient == PersonSupplement(died_on=DAY, casualty_claim_number="CASE8")


def test_every_provider_of_a_professional_claim_has_a_place() -> None:
    names = (
        "NM1*DN*1*SPECIMEN*RUFUS*Q**MD*XX*1003000126",
        "REF*0B*LIC1",
        "NM1*P3*1*PRIMARY*PAULA****XX*1245319599",
        "NM1*82*2*SAMPLE GROUP*****XX*1234567893",
        "PRV*PE*PXC*207Q00000X",
        "NM1*77*2*SAMPLE SITE*****XX*1234567893",
        "N3*5 SITE ST",
        "N4*DAYTON*OH*454021234",
        "REF*G2*SITE1",
        "PER*IC*DESK*TE*5555550100*EX*4",
        "NM1*DQ*1*SUPER*VISA****XX*1003000126",
        "NM1*PW*2",
        "N3*6 START RD",
        "N4*DAYTON*OH*45402",
        "NM1*45*2*SAMPLE HOSPITAL",
        "N3*7 END RD",
        "N4*DAYTON*OH*45402",
    )
    claim = read_clean(professional(after=names))
    assert claim.referring_provider == Provider(
        "1003000126",
        "SPECIMEN",
        "RUFUS",
        middle_name="Q",
        suffix="MD",
        references=(Reference("0B", "LIC1"),),
    )
    assert claim.rendering_provider is not None
    assert claim.rendering_provider.is_organization
    assert claim.rendering_provider.taxonomy == "207Q00000X"
    assert claim.service_facility is not None
    assert claim.service_facility.references == (Reference("G2", "SITE1"),)
    assert [number.kind for number in claim.service_facility.contacts[0].numbers] == ["TE", "EX"]
    extra = claim.supplement
    assert extra.primary_care_provider == Provider("1245319599", "PRIMARY", "PAULA")
    assert extra.supervising_provider == Provider("1003000126", "SUPER", "VISA")
    assert extra.pick_up == AmbulanceStop(Address("6 START RD", "DAYTON", "OH", "45402"))
    assert extra.drop_off is not None
    assert extra.drop_off.name == "SAMPLE HOSPITAL"


def test_a_provider_without_an_npi_keeps_the_other_number() -> None:
    claim = read_clean(professional(after=("NM1*82*1*EXEMPLAR*RHEA****24*990000001",)))
    assert claim.rendering_provider == Provider(
        "", "EXEMPLAR", "RHEA", other_identifier=Reference("24", "990000001")
    )


def test_a_hospital_stay_is_read() -> None:
    claim = read_clean(
        institutional(
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
    )
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


def test_another_payer_and_what_it_decided_are_read_in_full() -> None:
    other = (
        "SBR*P*01*GRP7*SAMPLE WORKS*47****MB",
        "CAS*CO*45*30*1*97*2.5",
        "CAS*PR*2*15",
        "AMT*D*80",
        "AMT*A8*4",
        "AMT*EAF*15",
        "OI***N*P**I",
        "MOA*.8*12.5*MA01*MA02****3*4",
        "NM1*IL*1*TESTPERSON*ADA*Q**III*II*MBR9",
        "N3*2 INVENTED AVE",
        "N4*DAYTON*OH*45402",
        "REF*SY*990000003",
        "NM1*PR*2*FIRST SAMPLE PLAN*****XV*00456",
        "N4*AKRON*OH*44301",
        "DTP*573*D8*20260901",
        "REF*2U*SECOND",
        "REF*G1*AUTH9",
        "REF*9F*REF9",
        "REF*T4*Y",
        "REF*F8*ICN9",
        "NM1*82*1",
        "REF*G2*REND9",
        "NM1*85*2",
        "REF*G2*BILL9",
    )
    claim = read_clean(professional(after=other))
    (payer,) = claim.other_payers
    assert (payer.payer.name, payer.payer.payer_id) == ("FIRST SAMPLE PLAN", "00456")
    assert (payer.payer.id_qualifier, payer.payer.insurance_type) == ("XV", "47")
    assert payer.payer.references == (Reference("2U", "SECOND"),)
    assert payer.payer.address == Address("", "AKRON", "OH", "44301")
    assert [(one.group, one.reason, one.amount) for one in payer.adjustments] == [
        ("CO", "45", Money(3_000)),
        ("CO", "97", Money(250)),
        ("PR", "2", Money(1_500)),
    ]
    assert (payer.paid, payer.paid_on) == (Money(8_000), DAY)
    assert payer.payer_claim_control_number == "ICN9"
    assert payer.subscriber.id_qualifier == "II"
    assert payer.subscriber.person.suffix == "III"
    extra = payer.supplement
    assert (extra.benefits_assigned, extra.patient_signature_source) == ("N", "P")
    assert (extra.release_of_information, extra.non_covered) == ("I", Money(400))
    assert extra.patient_liability == Money(1_500)
    assert extra.outpatient == OutpatientAdjudication(
        Decimal(".8"), Money(1_250), ("MA01", "MA02"), Money(300), Money(400)
    )
    assert extra.subscriber_references == (Reference("SY", "990000003"),)
    assert (extra.prior_authorization, extra.referral_number) == ("AUTH9", "REF9")
    assert extra.adjustment_indicator == "Y"
    assert extra.providers == (
        OtherPayerProvider("82", is_organization=False, references=(Reference("G2", "REND9"),)),
        OtherPayerProvider("85", is_organization=True, references=(Reference("G2", "BILL9"),)),
    )


def test_the_inpatient_adjudication_of_another_payer_is_read() -> None:
    elements = ["3", "", "1", "100", "MA01", *("5",) * 8, "6", "2", *("7",) * 4, "MA02"]
    other = (
        "SBR*P*18*******MA",
        "OI***Y***Y",
        "MIA*" + "*".join(elements),
        *POLICY[2:3],
        "NM1*PR*2*FIRST SAMPLE PLAN*****PI*00456",
    )
    claim = read_clean(institutional(after=other))
    (payer,) = claim.other_payers
    inpatient = payer.supplement.inpatient
    assert isinstance(inpatient, InpatientAdjudication)
    assert (inpatient.covered_days, inpatient.drg_amount) == (Decimal(3), Money(10_000))
    assert (inpatient.cost_report_days, inpatient.remarks) == (Decimal(2), ("MA01", "MA02"))
    assert inpatient.operating_hospital == Money(600)
    assert inpatient.professional_component == Money(700)
