"""Invented claims for the tests of the X12 claim side."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from models.documents.claim import (
    Adjustment,
    ClaimBatchDocument,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    FrequencyCode,
    InstitutionalDetail,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.party import Address, Organization, Person, Provider
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope

SERVICE_DATE = date(2026, 10, 5)
DECIDED_ON = date(2026, 11, 2)
CLINIC = Organization(
    name="LAKESIDE TESTCLINIC",
    npi="1234567893",
    tax_id="990000001",
    taxonomy="207Q00000X",
    address=Address("1 SAMPLE WAY", "DAYTON", "OH", "454021234"),
    contact_name="BILLING DESK",
    contact_phone="5555550100",
)
RENDERING = Provider("1245319599", "EXEMPLAR", "RHEA", "207Q00000X")
ATTENDING = Provider("1245319599", "EXEMPLAR", "RHEA", "208100000X")
REFERRING = Provider("1003000126", "SPECIMEN", "RUFUS")
PATIENT = Person(
    last_name="TESTPERSON",
    first_name="ADA",
    birth_date=date(1980, 2, 29),
    sex="F",
    address=Address("2 INVENTED AVE", "DAYTON", "OH", "45402", "NO 4"),
)
CHILD = replace(PATIENT, first_name="BEN", birth_date=date(2016, 7, 1), sex="M")
PAYER = ClaimPayer("SAMPLE HEALTH PLAN", "00123", "P", "CI")
SECOND_PAYER = ClaimPayer("SECOND SAMPLE PLAN", "00456", "S", "MB", "12")
SUBSCRIBER = Subscriber(PATIENT, "W123456789", "18", "GRP100")


def a_line(number: int = 1, cents: int = 12_500, code: str = "99213") -> ClaimDocumentLine:
    """One office visit."""
    return ClaimDocumentLine(
        number=number,
        procedure_code=code,
        service_date=SERVICE_DATE,
        charge=Money(cents),
        diagnosis_pointers=(1,),
        line_control_number=f"A-1-{number}",
    )


def self_claim() -> ClaimDocument:
    """A visit of a patient who holds the policy."""
    vaccination = replace(a_line(2, 4_050, "90471"), modifiers=("25", "59"), units=Decimal("1.5"))
    return ClaimDocument(
        control_number="A-1",
        form=ClaimForm.PROFESSIONAL,
        billing_provider=CLINIC,
        patient=PATIENT,
        subscriber=SUBSCRIBER,
        payer=PAYER,
        diagnoses=("J069", "Z23"),
        lines=(a_line(), replace(vaccination, diagnosis_pointers=(2, 1))),
        rendering_provider=RENDERING,
        referring_provider=REFERRING,
        referral_number="REF77",
        prior_authorization="AUTH88",
        patient_paid=Money(2_000),
    )


def dependent_claim() -> ClaimDocument:
    """A visit of a child on a parent's policy."""
    parent = Person("TESTPERSON", "ADA")
    return replace(
        self_claim(),
        control_number="A-2",
        patient=CHILD,
        subscriber=Subscriber(parent, "W123456789", "19", "", "SAMPLE WORKS"),
    )


def secondary_claim() -> ClaimDocument:
    """A claim to the second payer, after the first decided on the line."""
    adjustments = (
        Adjustment("CO", "45", Money(3_000)),
        Adjustment("PR", "2", Money(1_500), Decimal(1)),
    )
    decision = LineAdjudication("00123", Money(8_000), adjustments, DECIDED_ON)
    first = OtherPayer(
        payer=PAYER,
        subscriber=Subscriber(replace(PATIENT, birth_date=None, sex=""), "W123456789", "18"),
        paid=Money(8_000),
        paid_on=DECIDED_ON,
        payer_claim_control_number="ICN0001",
    )
    return replace(
        self_claim(),
        control_number="A-3",
        payer=SECOND_PAYER,
        subscriber=Subscriber(PATIENT, "MB99887766", "18"),
        lines=(replace(a_line(), adjudications=(decision,)),),
        other_payers=(first,),
    )


def replacement_claim() -> ClaimDocument:
    """A corrected claim that names the payer's number of the first."""
    return replace(
        self_claim(),
        control_number="A-4",
        frequency_code=FrequencyCode.REPLACEMENT,
        original_reference="ICN0001",
    )


def outpatient_claim() -> ClaimDocument:
    """A hospital's outpatient claim for therapy and an x-ray."""
    line = replace(a_line(), diagnosis_pointers=(), revenue_code="0420", procedure_code="97110")
    imaging = replace(line, number=2, revenue_code="0320", procedure_code="73030")
    return ClaimDocument(
        control_number="A-5",
        form=ClaimForm.INSTITUTIONAL,
        billing_provider=CLINIC,
        patient=PATIENT,
        subscriber=SUBSCRIBER,
        payer=PAYER,
        diagnoses=("M25511", "Z8739"),
        lines=(
            replace(line, service_end_date=date(2026, 10, 9)),
            replace(imaging, line_control_number="A-5-2"),
        ),
        institutional=InstitutionalDetail("0131", attending_provider=ATTENDING),
    )


def a_batch(*claims: ClaimDocument) -> ClaimBatchDocument:
    """A batch of one form."""
    return ClaimBatchDocument(
        form=claims[0].form,
        submitter=Organization(
            "SAMPLE BILLING COMPANY", contact_name="EDI DESK", contact_phone="5555550101"
        ),
        submitter_id="SUB001",
        receiver_name="SAMPLE CLEARING",
        receiver_id="RCV001",
        reference="B0001",
        claims=claims,
    )


def an_envelope() -> Envelope:
    """The envelope of a test file."""
    return Envelope(
        sender_qualifier="ZZ",
        sender_id="SUB001",
        receiver_qualifier="ZZ",
        receiver_id="RCV001",
        control_number=42,
        created_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    )
