"""Invented institutional claims of every special kind."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.claim import (
    Adjustment,
    ClaimDocument,
    InstitutionalDetail,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.claim_codes import ClaimDate, ClaimDateKind, HealthCode, HealthCodeKind
from models.documents.claim_details import Attachment, Condition, Contract, Drug, Note, Pricing
from models.documents.claim_supplements import (
    ClaimSupplement,
    LineSupplement,
    OtherPayerProvider,
    OtherPayerSupplement,
)
from models.documents.party import Reference
from models.values.money import Money
from tests.unit.formats.x12_claims.claim_examples import (
    ATTENDING,
    DECIDED_ON,
    PAYER,
    REFERRING,
    SECOND_PAYER,
    SUBSCRIBER,
    outpatient_claim,
)
from tests.unit.formats.x12_claims.special_claims import LAB, NURSE, OTHER_NAMED, SUPERVISOR

H = HealthCodeKind
ADMITTED_ON, LEFT_ON = date(2026, 10, 5), date(2026, 10, 9)
OPERATED_ON = date(2026, 10, 6)


def of_kind(kind: HealthCodeKind, count: int, **details: object) -> tuple[HealthCode, ...]:
    """So many codes of one kind, numbered from 10."""
    numbers = range(10, 10 + count)
    return tuple(HealthCode(kind, f"{one}", **details) for one in numbers)  # type: ignore[arg-type] # its fields


def stay_codes() -> tuple[HealthCode, ...]:
    """Codes of every kind, some of which need two segments."""
    return (
        HealthCode(H.ADMITTING_DIAGNOSIS, "R079"),
        HealthCode(H.EXTERNAL_CAUSE, "W19XXXA", present_on_admission="Y"),
        HealthCode(H.DIAGNOSIS_RELATED_GROUP, "470"),
        HealthCode(H.PRINCIPAL_PROCEDURE, "0SR90JZ", OPERATED_ON),
        *(HealthCode(H.OTHER_PROCEDURE, f"0DB6{n}Z3", OPERATED_ON) for n in range(3)),
        *of_kind(H.OCCURRENCE_SPAN, 2, first=ADMITTED_ON, last=LEFT_ON),
        *of_kind(H.OCCURRENCE, 14, first=ADMITTED_ON),
        *of_kind(H.VALUE, 13, amount=Decimal("12.5")),
        *of_kind(H.CONDITION, 2),
        HealthCode(H.TREATMENT, "A01"),
    )


def stay_supplement() -> ClaimSupplement:
    """Everything that a hospital may add to a claim."""
    references = {
        "4N": "1",
        "9A": "REPRICED1",
        "LX": "DEVICE1",
        "D9": "TRACE1",
        "LU": "OH",
        "EA": "CHART1",
        "G4": "REVIEW1",
    }
    return ClaimSupplement(
        delay_reason="11",
        dates=(ClaimDate(ClaimDateKind.REPRICER_RECEIVED, LEFT_ON),),
        attachments=(Attachment("OZ", "EL", "PAPER1"),),
        contract=Contract("01", Money(100_000)),
        patient_estimated_due=Money(5_000),
        references=tuple(Reference(*pair) for pair in references.items()),
        file_information=("FREE",),
        notes=(Note("DCP", "DIAGNOSIS OF A NOTE"), Note("ADD", "BILLING NOTE")),
        conditions=(Condition("ZZ", applies=True, codes=("AV",)),),
        present_on_admission=("Y", "N"),
        health_codes=stay_codes(),
        pricing=Pricing("03", Money(10_000), unit="DA", quantity=Decimal(4)),
        operating_physician=SUPERVISOR,
        other_operating_physician=REFERRING,
    )


def inpatient() -> ClaimDocument:
    """Four days in a hospital."""
    detail = InstitutionalDetail(
        bill_type="0111",
        admission_type="1",
        admission_source="4",
        patient_status="01",
        admitted_on=ADMITTED_ON,
        attending_provider=replace(ATTENDING, references=(Reference("0B", "OH12345"),)),
        admission_time="0815",
        discharge_time="1530",
        statement_period=(ADMITTED_ON, LEFT_ON),
    )
    room = replace(
        outpatient_claim().lines[0],
        procedure_code="",
        revenue_code="0120",
        units=Decimal(4),
        service_date=ADMITTED_ON,
        service_end_date=None,
        supplement=LineSupplement(unit="DA", is_date_of_claim=True, non_covered=Money(1_000)),
        line_control_number="A-7-1",
    )
    return replace(
        outpatient_claim(),
        control_number="A-7",
        lines=(room,),
        institutional=detail,
        supplement=stay_supplement(),
        rendering_provider=replace(NURSE, npi="1003000126"),
        service_facility=replace(LAB, contact_name="", contact_phone=""),
        referring_provider=REFERRING,
        prior_authorization="AUTH88",
        referral_number="REF77",
    )


def emergency_room() -> ClaimDocument:
    """A visit with three reasons, a drug, taxes and a repriced line."""
    line = replace(
        outpatient_claim().lines[0],
        service_end_date=None,
        supplement=LineSupplement(
            procedure_description="SEEN AT ONCE",
            attachments=(Attachment("M1", "AA"),),
            references=(Reference("9B", "LINE9B"), Reference("9D", "LINE9D")),
            service_tax=Money(150),
            facility_tax=Money(75),
            notes=(Note("TPO", "SEEN BY REPRICER"),),
            pricing=Pricing("03", Money(10_000), revenue_code="0450"),
            drug=Drug("00011122233", Decimal(1), "ML"),
            operating_physician=SUPERVISOR,
            other_operating_physician=REFERRING,
            rendering_provider=NURSE,
            referring_provider=REFERRING,
        ),
    )
    reasons = tuple(HealthCode(H.REASON_FOR_VISIT, code) for code in ("R079", "R110", "R42"))
    return replace(
        outpatient_claim(),
        control_number="A-8",
        lines=(replace(line, revenue_code="0450"),),
        supplement=ClaimSupplement(health_codes=reasons),
    )


def after_medicare() -> ClaimDocument:
    """A hospital's claim to the second payer, with all that Medicare said."""
    said = LineAdjudication(
        "00456", Money(10_000), (Adjustment("CO", "45", Money(2_500)),), DECIDED_ON
    )
    medicare = OtherPayer(
        payer=replace(SECOND_PAYER, responsibility="P", filing_indicator="MA", insurance_type=""),
        subscriber=Subscriber(OTHER_NAMED, "MB99887766", "18"),
        paid=Money(20_000),
        paid_on=DECIDED_ON,
        payer_claim_control_number="ICN0002",
        supplement=OtherPayerSupplement(
            release_of_information="I",
            non_covered=Money(0),
            patient_liability=Money(5_000),
            inpatient=InpatientAdjudication(
                covered_days=Decimal(4),
                drg_amount=Money(20_000),
                capital=Money(1_234),
                remarks=("MA01", "N1"),
                capital_exception=Money(7),
            ),
            outpatient=OutpatientAdjudication(remarks=("MA01",)),
            providers=(
                OtherPayerProvider("71", False, (Reference("G2", "71A"),)),  # noqa: FBT003 - NM102
                OtherPayerProvider("77", True, (Reference("G2", "77A"),)),  # noqa: FBT003 - NM102
            ),
        ),
    )
    lines = tuple(replace(line, adjudications=(said,)) for line in outpatient_claim().lines)
    return replace(
        outpatient_claim(),
        control_number="A-9",
        payer=replace(PAYER, responsibility="S"),
        subscriber=SUBSCRIBER,
        lines=lines,
        other_payers=(medicare,),
    )


SPECIAL_INSTITUTIONAL_CLAIMS = {
    "inpatient": inpatient,
    "emergency room": emergency_room,
    "after medicare": after_medicare,
}
