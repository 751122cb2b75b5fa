"""Invented professional claims of every special kind."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.documents.claim import (
    ClaimDocument,
    ClaimPayer,
    Subscriber,
)
from models.documents.claim_codes import ClaimDate, ClaimDateKind, HealthCode, HealthCodeKind
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
    SpinalManipulation,
    SupportingForm,
)
from models.documents.claim_supplements import (
    ClaimSupplement,
    LineSupplement,
    PersonSupplement,
)
from models.documents.party import (
    Address,
    Contact,
    ContactNumber,
    Organization,
    Person,
    Provider,
    Reference,
)
from models.values.money import Money
from tests.unit.formats.x12_claims.claim_examples import (
    CHILD,
    PATIENT,
    SERVICE_DATE,
    a_line,
    self_claim,
)

HOME = Address("2 INVENTED AVE", "DAYTON", "OH", "45402")
LAB = Organization(
    "SAMPLE LABORATORY",
    npi="1003000126",
    address=Address("7 GLASS ST", "DAYTON", "OH", "454029999"),
    references=(Reference("G2", "LAB22"),),
    contact_name="FRONT DESK",
    contact_phone="5555550177",
)
NURSE = Provider("1245319599", "EXEMPLAR", "RHEA", references=(Reference("0B", "OH12345"),))
SUPERVISOR = Provider("1003000126", "SPECIMEN", "RUFUS", middle_name="Q", suffix="JR")
OTHER_NAMED = replace(PATIENT, birth_date=None, sex="")  # all that 2330A says
CALLER = Contact("MAY CALL", (ContactNumber("TE", "5555550142"), ContactNumber("EX", "12")))
D = ClaimDateKind


def plain_claim(**changes: object) -> ClaimDocument:
    """One visit of one line, without anything special but what is given."""
    claim = replace(
        self_claim(),
        diagnoses=("J069",),
        lines=(a_line(),),
        referring_provider=None,
        referral_number="",
        prior_authorization="",
        patient_paid=None,
    )
    return replace(claim, **changes)  # type: ignore[arg-type] # the claim's own fields


def special(supplement: ClaimSupplement, **changes: object) -> ClaimDocument:
    """A plain claim with a supplement."""
    return plain_claim(supplement=supplement, **changes)


def of_line(supplement: LineSupplement, **changes: object) -> ClaimDocument:
    """A plain claim whose one line has a supplement."""
    line = replace(a_line(), supplement=supplement, **changes)  # type: ignore[arg-type] # its fields
    return plain_claim(lines=(line,))


def anesthesia() -> ClaimDocument:
    """An hour of anaesthesia under an eye operation."""
    codes = (
        HealthCode(HealthCodeKind.ANESTHESIA_PROCEDURE, "66984"),
        HealthCode(HealthCodeKind.OTHER_ANESTHESIA_PROCEDURE, "66982"),
    )
    line = replace(
        a_line(code="00142"),
        modifiers=("QK", "QS", "P1"),
        units=Decimal(61),
        supplement=LineSupplement(unit="MJ"),
    )
    return special(ClaimSupplement(health_codes=codes), lines=(line,), place_of_service="22")


def ambulance() -> ClaimDocument:
    """A ride to a hospital, twelve miles."""
    ride = AmbulanceTransport("A", Decimal(12), Decimal(170), "", "PATIENT CANNOT SIT")
    holds = Condition("07", applies=True, codes=("01", "06"))
    supplement = ClaimSupplement(
        ambulance=ride,
        conditions=(holds,),
        pick_up=AmbulanceStop(HOME),
        drop_off=AmbulanceStop(Address("9 WARD RD", "DAYTON", "OH", "45403"), "SAMPLE HOSPITAL"),
    )
    miles = replace(
        a_line(2, 14_400, "A0425"),
        modifiers=("RH",),
        units=Decimal(12),
        supplement=LineSupplement(ambulance_patients=Decimal(2)),
    )
    rides = replace(a_line(code="A0429"), modifiers=("RH",))
    return special(supplement, lines=(rides, miles), place_of_service="41", rendering_provider=None)


def equipment() -> ClaimDocument:
    """A rented bed with its certificate of medical necessity."""
    answers = (
        FormAnswer("1A", text="56"),
        FormAnswer("4", "Y"),
        FormAnswer("5", response_date=SERVICE_DATE),
        FormAnswer("6", percent=Decimal("12.5")),
    )
    supplement = LineSupplement(
        equipment=Equipment("E0260", Decimal(99), Money(12_500), Money(125_000), "4"),
        attachments=(
            Attachment("OZ", "EL", "PAPER77"),
            Attachment("CT", "AD"),
        ),
        equipment_certification=EquipmentCertification("I", Decimal(99)),
        conditions=(Condition("09", applies=True, codes=("ZV",)),),
        dates=(
            ClaimDate(D.CERTIFICATION_REVISED, SERVICE_DATE),
            ClaimDate(D.THERAPY_START, SERVICE_DATE),
            ClaimDate(D.LAST_CERTIFIED, SERVICE_DATE),
            ClaimDate(D.SHIPPED, SERVICE_DATE),
        ),
        measurements=(Measurement("TR", "HT", Decimal(70)),),
        ordering_provider=replace(
            SUPERVISOR,
            address=HOME,
            references=(Reference("0B", "OH777"),),
            contact=Contact("", (ContactNumber("TE", "5555550155"),)),
        ),
        forms=(SupportingForm("UT", "484.03", answers),),
    )
    claim = of_line(supplement, procedure_code="E0260", modifiers=("RR",))
    return replace(claim, place_of_service="12", rendering_provider=None)


def chiropractor() -> ClaimDocument:
    """Spinal manipulation of a patient in pain since an accident at home."""
    return special(
        ClaimSupplement(
            spinal=SpinalManipulation("A", "NECK PAIN", "SINCE A FALL"),
            dates=(
                ClaimDate(D.ONSET, date(2026, 9, 1)),
                ClaimDate(D.INITIAL_TREATMENT, date(2026, 9, 2)),
                ClaimDate(D.ACUTE_MANIFESTATION, date(2026, 9, 3)),
                ClaimDate(D.LAST_XRAY, date(2026, 9, 4)),
            ),
        ),
        lines=(replace(a_line(code="98940"), modifiers=("AT",)),),
    )


def injection() -> ClaimDocument:
    """A drug by its national drug code and prescription."""
    return of_line(
        LineSupplement(
            drug=Drug("00011122233", Decimal("2.5"), "ML", "N4", Reference("XZ", "RX77"))
        ),
        procedure_code="J1885",
    )


def car_accident() -> ClaimDocument:
    """A child hurt in a car, on the casualty policy of a parent's employer."""
    employer = Person("SAMPLE WORKS", "", is_organization=True)
    facts = PersonSupplement(
        casualty_claim_number="PC-778",
        references=(Reference("SY", "999004321"),),
        contact=CALLER,
    )
    supplement = ClaimSupplement(
        subscriber=PersonSupplement(casualty_claim_number="PC-777"),
        patient=facts,
        related_causes=("AA", "OA"),
        accident_state="OH",
        dates=(ClaimDate(D.ACCIDENT, date(2026, 10, 1)), ClaimDate(D.FIRST_CONTACT, SERVICE_DATE)),
    )
    subscriber = Subscriber(employer, "POLICY99", "G8")
    payer = ClaimPayer("SAMPLE AUTO INSURANCE", "00789", "P", "AM")
    return special(supplement, patient=CHILD, subscriber=subscriber, payer=payer)


def paper_trail() -> ClaimDocument:
    """A late claim with notes, attachments, a contract and every kind of number."""
    numbers = ("4N", "F5", "EW", "X4", "9A", "9C", "LX", "D9", "EA", "P4", "1J")
    odd_values = {"X4": "36D0999999", "4N": "1", "F5": "Y"}
    supplement = ClaimSupplement(
        signature_on_file="N",
        benefits_assigned="N",
        release_of_information="I",
        patient_signature_source="P",
        special_program="05",
        delay_reason="11",
        dates=(
            ClaimDate(D.DISABILITY, date(2026, 9, 1), date(2026, 9, 30)),
            ClaimDate(D.LAST_WORKED, date(2026, 8, 31)),
            ClaimDate(D.RETURN_TO_WORK, date(2026, 10, 1)),
            ClaimDate(D.CARE_ASSUMED, date(2026, 9, 2)),
            ClaimDate(D.CARE_RELINQUISHED, date(2026, 9, 20)),
            ClaimDate(D.REPRICER_RECEIVED, SERVICE_DATE),
        ),
        attachments=(Attachment("OZ", "EL", "PAPER1"), Attachment("M1", "AA")),
        contract=Contract("02", Money(12_500), Decimal("12.5"), "CC", Decimal(3), "V1"),
        references=tuple(Reference(one, odd_values.get(one, f"NUMBER{one}")) for one in numbers),
        file_information=("STATE  DATA  1", "MORE"),
        notes=(Note("ADD", "SURGERY WAS UNUSUALLY LENGTHY"),),
    )
    return special(
        supplement,
        accepts_assignment=False,
        referral_number="REF77",
        prior_authorization="AUTH88",
    )


def screening() -> ClaimDocument:
    """An examination of a child's eyes with a referral, on Medicaid."""
    supplement = ClaimSupplement(
        conditions=(
            Condition("E1", applies=True, codes=("L1",)),
            Condition("75", applies=True, codes=("IH",)),
            Condition("ZZ", applies=True, codes=("AV", "S2")),
        ),
        health_codes=(HealthCode(HealthCodeKind.CONDITION, "AE"),),
        dates=(ClaimDate(D.PRESCRIPTION, SERVICE_DATE),),
    )
    line = replace(
        a_line(),
        supplement=LineSupplement(
            is_emergency=True, is_epsdt=True, is_family_planning=True, copay_status="0"
        ),
    )
    return special(supplement, lines=(line,))


def pregnancy() -> ClaimDocument:
    """A patient with child, and how heavy she was."""
    return special(
        ClaimSupplement(
            subscriber=PersonSupplement(
                weight_pounds=Decimal("140.5"),
                is_pregnant=True,
                references=(Reference("SY", "999004321"),),
                contact=CALLER,
            ),
            dates=(ClaimDate(D.LAST_MENSTRUAL_PERIOD, date(2026, 8, 1)),),
        )
    )


SPECIAL_CLAIMS = {
    "anesthesia": anesthesia,
    "ambulance": ambulance,
    "equipment": equipment,
    "chiropractor": chiropractor,
    "injection": injection,
    "car accident": car_accident,
    "paper trail": paper_trail,
    "screening": screening,
    "pregnancy": pregnancy,
}
