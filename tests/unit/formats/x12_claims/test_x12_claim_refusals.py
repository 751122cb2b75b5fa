"""What cannot be written is refused by claim, and without a patient's data in the text."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from models.documents.claim import (
    Adjustment,
    ClaimDocument,
    FrequencyCode,
    OtherPayer,
    Subscriber,
)
from models.errors import RejectedError
from models.values.money import Money, total
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.claims.limits import ClaimRefusedError
from tests.unit.formats.x12_claims.claim_examples import (
    CLINIC,
    PATIENT,
    PAYER,
    RENDERING,
    SUBSCRIBER,
    a_batch,
    a_line,
    an_envelope,
    outpatient_claim,
    self_claim,
)

Change = Callable[[ClaimDocument], ClaimDocument]


def with_lines(count: int) -> Change:
    return lambda claim: replace(claim, lines=tuple(a_line(n) for n in range(1, count + 1)))


def with_patient(**changes: object) -> Change:
    patient = replace(PATIENT, **changes)  # type: ignore[arg-type] # the person's own fields
    return lambda claim: replace(claim, patient=patient)


def with_line(**changes: object) -> Change:
    line = replace(a_line(), **changes)  # type: ignore[arg-type] # the line's own fields
    return lambda claim: replace(claim, lines=(line,))


def with_adjustments(*adjustments: Adjustment) -> Change:
    adjusted = total(adjustment.amount for adjustment in adjustments)
    return lambda claim: replace(
        claim,
        other_payers=(OtherPayer(PAYER, SUBSCRIBER, claim.charge_total - adjusted, adjustments),),
    )


REFUSALS: dict[str, tuple[Change, str]] = {
    "51 lines": (with_lines(51), "lines must number 1 to 50, not 51"),
    "no lines": (with_lines(0), "lines must number 1 to 50, not 0"),
    "13 diagnoses": (
        lambda claim: replace(claim, diagnoses=tuple(f"J{n:02d}" for n in range(13))),
        "diagnoses must number 1 to 12, not 13",
    ),
    "a replacement without the payer's number": (
        lambda claim: replace(claim, frequency_code=FrequencyCode.REPLACEMENT),
        "needs the payer's claim control number",
    ),
    "a pointer to no diagnosis": (with_line(diagnosis_pointers=(3,)), "names no diagnosis"),
    "no pointer": (with_line(diagnosis_pointers=()), "pointers must number 1 to 4, not 0"),
    "five modifiers": (with_line(modifiers=("25",) * 5), "modifiers must number 0 to 4, not 5"),
    "no procedure": (with_line(procedure_code=""), "procedure code"),
    "a dotted diagnosis": (lambda claim: replace(claim, diagnoses=("J06.9", "Z23")), "its dot"),
    "a delimiter in the name": (with_patient(last_name="TEST*PERSON"), "delimiter"),
    "no birth date": (with_patient(birth_date=None), "patient birth date is missing"),
    "no address": (with_patient(address=None), "patient address is missing"),
    "a long control number": (
        lambda claim: replace(claim, control_number="X" * 21),
        "must have 1 to 20 characters",
    ),
    "a bad NPI": (
        lambda claim: replace(claim, rendering_provider=replace(RENDERING, npi="1234567890")),
        "NPI is not valid",
    ),
    "an unknown relationship": (
        lambda claim: replace(claim, subscriber=Subscriber(PATIENT, "W1", "77")),
        "relationship",
    ),
    "the group CR": (with_adjustments(Adjustment("CR", "45", Money(1))), "CO, OA, PI, PR"),
    "31 reasons of one group": (
        with_adjustments(*[Adjustment("CO", "45", Money(1), Decimal(1))] * 31),
        "more than 5 CAS segments",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_claim_is_refused_by_name_and_limit(case: str) -> None:
    change, reason = REFUSALS[case]
    claim = change(self_claim())
    with pytest.raises(ClaimRefusedError, match=reason) as refusal:
        t837p.write_claims(a_batch(claim), an_envelope())
    assert refusal.value.control_number == claim.control_number
    assert "TESTPERSON" not in str(refusal.value)
    assert "TEST*PERSON" not in str(refusal.value)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        pytest.param(
            replace(outpatient_claim(), diagnoses=tuple(f"J{n:02d}" for n in range(26))),
            "diagnoses must number 1 to 25",
            id="26-diagnoses",
        ),
        pytest.param(replace(outpatient_claim(), institutional=None), "bill type", id="no-detail"),
        pytest.param(
            replace(outpatient_claim(), lines=(replace(a_line(), diagnosis_pointers=()),)),
            "revenue code",
            id="no-revenue-code",
        ),
    ],
)
def test_an_institutional_claim_is_refused(claim: ClaimDocument, reason: str) -> None:
    with pytest.raises(ClaimRefusedError, match=reason):
        t837i.write_claims(a_batch(claim), an_envelope())


def test_an_institutional_claim_may_have_999_lines_and_no_more() -> None:
    line = outpatient_claim().lines[1]
    lines = tuple(replace(line, number=n, line_control_number=f"L{n}") for n in range(1, 1001))
    most = replace(outpatient_claim(), lines=lines[:999])
    claims, findings = t837i.read_claims(t837i.write_claims(a_batch(most), an_envelope()))
    assert (claims, findings) == ((most,), ())
    with pytest.raises(ClaimRefusedError, match="not 1000"):
        t837i.write_claims(a_batch(replace(most, lines=lines)), an_envelope())


def test_more_than_five_thousand_claims_need_a_second_transaction() -> None:
    claim = replace(self_claim(), lines=(a_line(),))
    claims = [replace(claim, control_number=f"C{n}") for n in range(5_001)]
    batches, findings = t837p.read_batches(t837p.write_claims(a_batch(*claims), an_envelope()))
    assert [len(batch.claims) for batch in batches] == [5_000, 1]
    assert [batch.reference for batch in batches] == ["B0001", "B0001-2"]
    assert findings == ()


@pytest.mark.parametrize(
    ("provider", "reason"),
    [
        (replace(CLINIC, npi="1234567890"), "billing provider NPI is not valid"),
        (replace(CLINIC, tax_id="99"), "billing provider tax id must have 9 digits"),
        (replace(CLINIC, address=PATIENT.address), "billing provider postal code must have 9"),
    ],
    ids=["npi", "tax-id", "short-zip"],
)
def test_a_batch_with_a_wrong_billing_provider_is_refused(provider: object, reason: str) -> None:
    claim = replace(self_claim(), billing_provider=provider)  # type: ignore[arg-type] # an Organization
    with pytest.raises(RejectedError, match=reason):
        t837p.write_claims(a_batch(claim), an_envelope())


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(RejectedError, match="without claims"):
        t837p.write_claims(replace(a_batch(self_claim()), claims=()), an_envelope())


def test_the_rendering_provider_is_left_out_when_the_clinic_bills_as_itself() -> None:
    itself = replace(RENDERING, npi=CLINIC.npi)
    claim = replace(self_claim(), rendering_provider=itself)
    assert b"NM1*82" not in t837p.write_claims(a_batch(claim), an_envelope())


def test_a_line_always_has_a_control_number() -> None:
    written = t837p.write_claims(
        a_batch(with_line(line_control_number="")(self_claim())), an_envelope()
    )
    assert b"REF*6R*A-1-1~" in written
