"""What has no room in a claim, or does not add up, is refused by the name of the field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.documents.claim import (
    ClaimDocument,
    FrequencyCode,
    LineAdjudication,
)
from models.documents.claim_codes import ClaimDate, ClaimDateKind, HealthCode, HealthCodeKind
from models.documents.claim_details import (
    AmbulanceTransport,
    Attachment,
    Condition,
    Drug,
    Note,
    SupportingForm,
)
from models.documents.claim_supplements import (
    ClaimSupplement,
    LineSupplement,
    PayToPlan,
)
from models.documents.party import Address, Contact, Organization, Provider, Reference
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12 import t837p
from revcycle.formats.x12.claims.limits import ClaimRefusedError
from tests.unit.formats.x12_claims.claim_examples import (
    CLINIC,
    DECIDED_ON,
    PATIENT,
    RENDERING,
    SERVICE_DATE,
    SUBSCRIBER,
    a_batch,
    a_line,
    an_envelope,
    secondary_claim,
    self_claim,
)
from tests.unit.formats.x12_claims.special_claims import HOME, of_line, plain_claim, special

D, H = ClaimDateKind, HealthCodeKind
NO_NPI = Provider("", "EXEMPLAR", "RHEA")
REFUSALS: dict[str, tuple[Callable[[], ClaimDocument], str]] = {
    "a date of lines only": (
        lambda: special(ClaimSupplement(dates=(ClaimDate(D.SHIPPED, SERVICE_DATE),))),
        "no room for a date of kind 011",
    ),
    "a period that ends before it begins": (
        lambda: special(
            ClaimSupplement(dates=(ClaimDate(D.DISABILITY, SERVICE_DATE, date(2020, 1, 1)),))
        ),
        "ends before it begins",
    ),
    "a long note": (
        lambda: special(ClaimSupplement(notes=(Note("ADD", "X" * 81),))),
        r"text of NTE\*ADD is longer than 80 characters",
    ),
    "two notes": (
        lambda: special(ClaimSupplement(notes=(Note("ADD", "A"), Note("CER", "B")))),
        "notes of kind ADD/CER/DCP/DGN/TPO must number 0 to 1",
    ),
    "a note of hospitals": (
        lambda: special(ClaimSupplement(notes=(Note("MED", "A"),))),
        "no room for a note of kind MED",
    ),
    "twelve attachments": (
        lambda: special(ClaimSupplement(attachments=(Attachment("OZ", "AA"),) * 12)),
        "attachments must number 0 to 10",
    ),
    "eleven of file information": (
        lambda: special(ClaimSupplement(file_information=("A",) * 11)),
        "file information must number 0 to 10",
    ),
    "a number of lines only": (
        lambda: special(ClaimSupplement(references=(Reference("BT", "1"),))),
        "no room for a number of kind BT on the claim",
    ),
    "three causes": (
        lambda: special(ClaimSupplement(related_causes=("EM", "OA", "AA"), accident_state="OH")),
        "related causes must number 0 to 2",
    ),
    "a car accident nowhere": (
        lambda: special(ClaimSupplement(related_causes=("AA",))),
        "automobile accident needs the state or country",
    ),
    "a ride without a distance": (
        lambda: special(ClaimSupplement(ambulance=AmbulanceTransport("A", None))),
        "distance of an ambulance transport is missing",
    ),
    "a condition without codes": (
        lambda: special(ClaimSupplement(conditions=(Condition("07", applies=True, codes=()),))),
        "condition codes must number 1 to 5",
    ),
    "a condition of lines only": (
        lambda: special(
            ClaimSupplement(conditions=(Condition("70", applies=True, codes=("65",)),))
        ),
        "no room for conditions of category 70",
    ),
    "25 condition codes": (
        lambda: special(ClaimSupplement(health_codes=(HealthCode(H.CONDITION, "AE"),) * 25)),
        "room for 24 codes of kind BG",
    ),
    "codes of hospitals": (
        lambda: special(ClaimSupplement(health_codes=(HealthCode(H.VALUE, "A8"),))),
        "a professional claim has no room for codes of kind BE",
    ),
    "present on admission": (
        lambda: special(ClaimSupplement(present_on_admission=("Y",))),
        "present on admission",
    ),
    "a plan to pay to without its tax id": (
        lambda: special(ClaimSupplement(pay_to_plan=PayToPlan("PLAN", "P1", address=HOME))),
        "pay-to plan tax id is missing",
    ),
    "a payment address without a city": (
        lambda: special(
            ClaimSupplement(pay_to=Organization("", address=Address("1 WAY", "", "OH", "45401")))
        ),
        "pay-to address is incomplete",
    ),
    "a provider without any number": (
        lambda: plain_claim(rendering_provider=NO_NPI),
        "rendering provider NPI is not valid",
    ),
    "a bad NPI on a line": (
        lambda: of_line(LineSupplement(ordering_provider=replace(RENDERING, npi="1234567890"))),
        "line ordering provider NPI is not valid",
    ),
    "a contact without a number or name": (
        lambda: of_line(LineSupplement(ordering_provider=replace(RENDERING, contact=Contact()))),
        "line ordering provider contact must have",
    ),
    "a short drug code": (
        lambda: of_line(LineSupplement(drug=Drug("1234", Decimal(1), "ML"))),
        "national drug code must have 11 digits",
    ),
    "a drug without its quantity": (
        lambda: of_line(LineSupplement(drug=Drug("00011122233"))),
        "a drug needs its quantity and unit",
    ),
    "a form without answers": (
        lambda: of_line(LineSupplement(forms=(SupportingForm("UT", "484.03"),))),
        "answers of a form must number 1 to 99",
    ),
    "a tax of hospitals": (
        lambda: of_line(LineSupplement(service_tax=Money(1))),
        "a professional line has no room for a service tax",
    ),
    "an operating physician": (
        lambda: special(ClaimSupplement(operating_physician=RENDERING)),
        "a professional claim has no room for an operating physician",
    ),
    "a negative charge": (
        lambda: of_line(LineSupplement(), charge=Money(-1)),
        "charge is negative",
    ),
    "too large a charge": (
        lambda: of_line(LineSupplement(), charge=Money(10**18)),
        "longer than 18 digits",
    ),
    "units that are no number": (
        lambda: of_line(LineSupplement(), units=Decimal("NaN")),
        "units is not a number",
    ),
    "a modifier of one character": (
        lambda: of_line(LineSupplement(), modifiers=("2",)),
        "modifier must have 2 to 2 characters",
    ),
    "lines that are not numbered": (
        lambda: plain_claim(lines=(a_line(2),)),
        "line 2: lines are numbered from 1",
    ),
    "sixteen decisions on a line": (
        lambda: of_line(
            LineSupplement(),
            adjudications=(LineAdjudication("00123", Money(0), (), DECIDED_ON),) * 16,
        ),
        "adjudications must number 0 to 15, not 16",
    ),
    "eleven other payers": (
        lambda: replace(secondary_claim(), other_payers=secondary_claim().other_payers * 11),
        "other payers must number 0 to 10, not 11",
    ),
    "a person born too long ago": (
        lambda: plain_claim(patient=replace(PATIENT, birth_date=date(1026, 1, 1))),
        "patient birth date is too long ago",
    ),
    "a street that is too long": (
        lambda: plain_claim(patient=replace(PATIENT, address=replace(HOME, line1="X" * 56))),
        "patient address is longer than 55 characters",
    ),
    "a state of three letters": (
        lambda: plain_claim(patient=replace(PATIENT, address=replace(HOME, state="OHI"))),
        "patient state must have 2 to 2 characters",
    ),
    "a member number of one character": (
        lambda: plain_claim(subscriber=replace(SUBSCRIBER, member_id="1")),
        "member id must have 2 to 80 characters",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_a_claim_has_no_room_for_is_refused_by_name(case: str) -> None:
    make, reason = REFUSALS[case]
    with pytest.raises(ClaimRefusedError, match=reason) as refusal:
        t837p.write_claims(a_batch(make()), an_envelope(), verify=False)
    assert refusal.value.control_number == make().control_number
    assert "TESTPERSON" not in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sender_id": "A" * 16}, "envelope: sender id must have 2 to 15"),
        ({"receiver_id": "A"}, "envelope: receiver id must have 2 to 15"),
        ({"control_number": 10**9}, "control number must have 1 to 9 digits"),
        ({"usage": "X"}, "usage must be P or T"),
    ],
    ids=["long-sender", "short-receiver", "ten-digits", "usage"],
)
def test_an_envelope_without_room_is_refused(changes: dict[str, object], reason: str) -> None:
    envelope = replace(an_envelope(), **changes)  # type: ignore[arg-type] # its own fields
    with pytest.raises(RejectedError, match=reason):
        t837p.write_claims(a_batch(self_claim()), envelope)


def test_a_fault_that_only_the_check_finds_names_claim_and_rule() -> None:
    twice = a_batch(plain_claim(), plain_claim(control_number="A-2"), plain_claim())
    with pytest.raises(ClaimRefusedError, match=r"x12\.clm01_duplicate") as refusal:
        t837p.write_claims(twice, an_envelope())
    assert refusal.value.control_number == "A-1"
    assert t837p.write_claims(twice, an_envelope(), verify=False).count(b"CLM*") == 3


def test_a_fault_in_a_level_names_the_first_claim_below_it() -> None:
    nowhere = replace(CLINIC, address=Address("1 SAMPLE WAY", "DAYTON", "XX", "454021234"))
    batch = a_batch(plain_claim(), plain_claim(control_number="A-2", billing_provider=nowhere))
    with pytest.raises(ClaimRefusedError, match=r"x12\.state") as refusal:
        t837p.write_claims(batch, an_envelope())
    assert refusal.value.control_number == "A-2"


def test_a_correction_names_what_it_corrects() -> None:
    void = plain_claim(frequency_code=FrequencyCode.VOID)
    with pytest.raises(ClaimRefusedError, match="payer's claim control number"):
        t837p.write_claims(a_batch(void), an_envelope())
    written = t837p.write_claims(a_batch(replace(void, original_reference="ICN1")), an_envelope())
    assert b"***11:B:8*" in written
    assert b"REF*F8*ICN1~" in written
