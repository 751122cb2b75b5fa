"""What a claim file says of one service, segment by segment."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.documents.claim import Adjustment, LineAdjudication
from models.documents.claim_codes import ClaimDate, ClaimDateKind, ClaimReferenceKind
from models.documents.claim_details import (
    AmbulanceStop,
    AmbulanceTransport,
    Attachment,
    Condition,
    Contract,
    Drug,
    Equipment,
    EquipmentCertification,
    FormAnswer,
    Measurement,
    Note,
    Pricing,
    PurchasedService,
    SupportingForm,
)
from models.documents.claim_supplements import NO_LINE_SUPPLEMENT, DecidedService
from models.documents.party import Address, Provider, Reference
from models.values.money import Money
from tests.unit.formats.x12_claims.claim_texts import (
    LINE,
    STAY_LINE,
    institutional,
    professional,
    read_clean,
    read_one,
)

DAY = date(2026, 9, 1)


def service(text: str) -> tuple[str, ...]:
    """Put another SV1 into the ordinary line."""
    return (LINE[0], text, *LINE[2:])


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("SV1*HC:00790:AA*125*MJ*93***1", {"unit": "MJ"}),
        ("SV1*ER:99213*125*UN*1***1", {"procedure_qualifier": "ER"}),
        ("SV1*HC:J3490:::::A SALVE*125*UN*1***1", {"procedure_description": "A SALVE"}),
        (
            "SV1*HC:99213*125*UN*1***1**Y**Y*Y***0",
            {
                "is_emergency": True,
                "is_epsdt": True,
                "is_family_planning": True,
                "copay_status": "0",
            },
        ),
        ("SV1*HC:99213*125*UN*1***1**N", {"is_emergency": False}),
    ],
)
def test_an_odd_service_is_read(text: str, fields: dict[str, Any]) -> None:
    (line,) = read_clean(professional(line=service(text))).lines
    assert line.supplement == replace(NO_LINE_SUPPLEMENT, **fields)


def test_an_ordinary_service_is_read_alike_wherever_its_segments_stand() -> None:
    text = "SV1*HC:99213:25:59*125.50*UN*1.5*12**2:1"
    ordinary = (LINE[0], text, *LINE[2:])
    claim = "CLM*A-1*125.5***11:B:1*Y*A*Y*Y"
    (line,) = read_clean(professional(claim=(claim,), line=ordinary)).lines
    assert (line.procedure_code, line.modifiers) == ("99213", ("25", "59"))
    assert (line.charge, line.units) == (Money(12_550), Decimal("1.5"))
    assert (line.place_of_service, line.diagnosis_pointers) == ("12", (2, 1))
    assert (line.service_date, line.service_end_date) == (date(2026, 10, 5), None)
    assert line.line_control_number == "A-1-1"
    shuffled = (ordinary[0], ordinary[3], ordinary[2], ordinary[1])
    assert read_clean(professional(claim=(claim,), line=shuffled)).lines == (line,)


def test_a_service_over_several_days_keeps_its_end() -> None:
    days = (*LINE[:2], "DTP*472*RD8*20261005-20261007", LINE[3])
    (line,) = read_clean(professional(line=days)).lines
    assert (line.service_date, line.service_end_date) == (date(2026, 10, 5), date(2026, 10, 7))


@pytest.mark.parametrize(
    ("segment", "field", "value"),
    [
        (
            "SV5*HC:E0424*DA*30*100*500*4",
            "equipment",
            Equipment("E0424", Decimal(30), Money(10_000), Money(50_000), "4"),
        ),
        ("PWK*CT*AD", "attachments", (Attachment("CT", "AD"),)),
        ("CR1****A*DH*12", "ambulance", AmbulanceTransport("A", Decimal(12))),
        ("CR3*I*MO*12", "equipment_certification", EquipmentCertification("I", Decimal(12))),
        ("CRC*70*Y*65", "conditions", (Condition("70", applies=True, codes=("65",)),)),
        ("DTP*607*D8*20260901", "dates", (ClaimDate(ClaimDateKind.CERTIFICATION_REVISED, DAY),)),
        ("DTP*738*D8*20260901", "dates", (ClaimDate(ClaimDateKind.HEMOGLOBIN_TEST, DAY),)),
        ("DTP*011*D8*20260901", "dates", (ClaimDate(ClaimDateKind.SHIPPED, DAY),)),
        ("QTY*PT*2", "ambulance_patients", Decimal(2)),
        ("QTY*FL*3", "obstetric_units", Decimal(3)),
        ("MEA*TR*R1*10.5", "measurements", (Measurement("TR", "R1", Decimal("10.5")),)),
        ("CN1*09", "contract", Contract("09")),
        ("REF*X4*36D0000001", "references", (Reference("X4", "36D0000001"),)),
        (
            "REF*G1*AUTH5**2U:00456",
            "references",
            (Reference("G1", "AUTH5", payer_id="00456"),),
        ),
        ("AMT*T*5.25", "sales_tax", Money(525)),
        ("AMT*F4*1", "postage", Money(100)),
        ("K3*FIXED", "file_information", ("FIXED",)),
        ("NTE*DCP*A PLAN", "notes", (Note("DCP", "A PLAN"),)),
        ("PS1*PROV1*50", "purchased_service", PurchasedService("PROV1", Money(5_000))),
        (
            "HCP*01*80*20*ORG**G*70**HC*99214*UN*1",
            "pricing",
            Pricing(
                "01",
                Money(8_000),
                Money(2_000),
                "ORG",
                None,
                "G",
                Money(7_000),
                "",
                "HC",
                "99214",
                "UN",
                Decimal(1),
            ),
        ),
    ],
)
def test_a_fact_of_the_line_is_read(segment: str, field: str, value: Any) -> None:
    (line,) = read_clean(professional(behind=(segment,))).lines
    assert line.supplement == replace(NO_LINE_SUPPLEMENT, **{field: value})


@pytest.mark.parametrize(
    ("segment", "field", "value"),
    [
        ("AMT*GT*3", "service_tax", Money(300)),
        ("AMT*N8*4", "facility_tax", Money(400)),
        ("NTE*TPO*A NOTE", "notes", (Note("TPO", "A NOTE"),)),
        (
            "NM1*72*1*CUTTER*CARL****XX*1003000126",
            "operating_physician",
            Provider("1003000126", "CUTTER", "CARL"),
        ),
        (
            "NM1*ZZ*1*SECOND*SUE****XX*1234567893",
            "other_operating_physician",
            Provider("1234567893", "SECOND", "SUE"),
        ),
    ],
)
def test_a_fact_of_an_institutional_line_is_read(segment: str, field: str, value: Any) -> None:
    (line,) = read_clean(institutional(behind=(segment,))).lines
    assert line.supplement == replace(NO_LINE_SUPPLEMENT, **{field: value})


def test_days_and_what_is_not_covered_are_read_of_an_institutional_line() -> None:
    text = (STAY_LINE[0], "SV2*0120**900*DA*4**75", *STAY_LINE[2:])
    (line,) = read_clean(institutional(line=text)).lines
    assert (line.revenue_code, line.procedure_code, line.units) == ("0120", "", Decimal(4))
    assert line.supplement == replace(NO_LINE_SUPPLEMENT, unit="DA", non_covered=Money(7_500))


def test_an_institutional_line_may_have_no_date_of_its_own() -> None:
    (line,) = read_clean(institutional(line=(*STAY_LINE[:2], STAY_LINE[3]))).lines
    assert line.service_date == date(2026, 10, 5)
    assert line.supplement == replace(NO_LINE_SUPPLEMENT, is_date_of_claim=True)


def test_a_drug_is_read_with_its_quantity_and_prescription() -> None:
    loop = ("LIN**N4*01234567891", "CTP****2.5*ML", "REF*XZ*RX77")
    (line,) = read_clean(professional(behind=loop)).lines
    drug = Drug("01234567891", Decimal("2.5"), "ML", prescription=Reference("XZ", "RX77"))
    assert line.supplement == replace(NO_LINE_SUPPLEMENT, drug=drug)


def test_every_provider_of_a_line_has_a_place() -> None:
    names = (
        "NM1*82*1*EXEMPLAR*RHEA****XX*1245319599",
        "PRV*PE*PXC*207Q00000X",
        "REF*G2*REND1**2U:00456",
        "NM1*QB*2******XX*1234567893",
        "NM1*77*2*SAMPLE SITE*****XX*1234567893",
        "N3*5 SITE ST",
        "N4*DAYTON*OH*454021234",
        "NM1*DQ*1*SUPER*VISA****XX*1003000126",
        "NM1*DK*1*ORDER*OLGA****XX*1003000126",
        "N3*8 ORDER ST",
        "N4*DAYTON*OH*45402",
        "PER*IC*DESK*TE*5555550100",
        "NM1*DN*1*SPECIMEN*RUFUS****XX*1003000126",
        "NM1*P3*1*PRIMARY*PAULA****XX*1245319599",
        "NM1*PW*2",
        "N3*6 START RD",
        "N4*DAYTON*OH*45402",
        "NM1*45*2",
        "N3*7 END RD",
        "N4*DAYTON*OH*45402",
    )
    (line,) = read_clean(professional(behind=names)).lines
    extra = line.supplement
    assert extra.rendering_provider is not None
    assert extra.rendering_provider.references == (Reference("G2", "REND1", payer_id="00456"),)
    assert extra.purchased_service_provider == Provider("1234567893", "", is_organization=True)
    assert extra.service_facility is not None
    assert extra.service_facility.name == "SAMPLE SITE"
    assert extra.supervising_provider == Provider("1003000126", "SUPER", "VISA")
    assert extra.ordering_provider is not None
    assert extra.ordering_provider.address == Address("8 ORDER ST", "DAYTON", "OH", "45402")
    assert extra.ordering_provider.contact is not None
    assert extra.referring_provider == Provider("1003000126", "SPECIMEN", "RUFUS")
    assert extra.primary_care_provider == Provider("1245319599", "PRIMARY", "PAULA")
    assert extra.pick_up == AmbulanceStop(Address("6 START RD", "DAYTON", "OH", "45402"))
    assert extra.drop_off == AmbulanceStop(Address("7 END RD", "DAYTON", "OH", "45402"))


def test_forms_keep_their_answers() -> None:
    loops = (
        "LQ*UT*04.04",
        "FRM*1A*Y",
        "FRM*2**TEXT",
        "FRM*3***20260901",
        "FRM*4****12.5",
        "LQ*AS*X",
    )
    (line,) = read_clean(professional(behind=loops)).lines
    assert line.supplement.forms == (
        SupportingForm(
            "UT",
            "04.04",
            (
                FormAnswer("1A", "Y"),
                FormAnswer("2", text="TEXT"),
                FormAnswer("3", response_date=DAY),
                FormAnswer("4", percent=Decimal("12.5")),
            ),
        ),
        SupportingForm("AS", "X"),
    )


def test_dates_and_numbers_of_a_line_are_found_by_what_they_are() -> None:
    (line,) = read_clean(professional(behind=("DTP*463*D8*20260901", "REF*BT*LOT1"))).lines
    assert line.date_of(ClaimDateKind.THERAPY_START) == DAY
    assert line.reference_of(ClaimReferenceKind.IMMUNIZATION_BATCH) == "LOT1"


def test_what_an_earlier_payer_decided_on_the_line_is_read() -> None:
    loop = (
        "SVD*00456*80*HC:99213:25**1",
        "CAS*CO*45*30",
        "CAS*PR*2*15*1",
        "DTP*573*D8*20260901",
        "AMT*EAF*15",
    )
    (line,) = read_clean(professional(behind=loop)).lines
    adjustments = (
        Adjustment("CO", "45", Money(3_000)),
        Adjustment("PR", "2", Money(1_500), Decimal(1)),
    )
    assert line.adjudications == (
        LineAdjudication("00456", Money(8_000), adjustments, DAY, Money(1_500)),
    )


def test_a_decision_on_another_service_says_which() -> None:
    loop = ("SVD*00456*80*HC:99214:::::LONGER**2*3", "DTP*573*D8*20260901")
    (line,) = read_clean(professional(behind=loop)).lines
    assert line.adjudications[0].decided == DecidedService(
        "HC", "99214", (), "LONGER", "", Decimal(2), 3
    )


def test_a_decision_without_a_day_is_kept_as_segments() -> None:
    claim, diagnostics = read_one(
        professional(behind=("SVD*00456*80*HC:99213:25**1", "CAS*CO*45*45"))
    )
    (line,) = claim.lines
    assert line.adjudications == ()
    assert [(kept.loop, kept.elements[0]) for kept in line.kept] == [
        ("2430", "SVD"),
        ("2430", "CAS"),
    ]
    assert diagnostics[0].rule_id == "x12.bad_value"


def test_the_payers_day_counts_for_the_claim_where_only_lines_have_it() -> None:
    payer = (
        "SBR*P*18*******CI",
        "AMT*D*80",
        "OI***Y***Y",
        "NM1*IL*1*TESTPERSON*ADA****MI*W1",
        "NM1*PR*2*FIRST SAMPLE PLAN*****PI*00456",
    )
    loop = ("SVD*00456*80*HC:99213:25**1", "CAS*CO*45*45", "DTP*573*D8*20260901")
    (other,) = read_clean(professional(after=payer, behind=loop)).other_payers
    assert (other.paid_on, other.supplement.is_date_on_claim) == (DAY, False)
    both = (*payer, "DTP*573*D8*20260902")
    (other,) = read_clean(professional(after=both, behind=loop)).other_payers
    assert (other.paid_on, other.supplement.is_date_on_claim) == (date(2026, 9, 2), True)
