"""What an institutional claim has no room for is refused by the name of the field."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from models.documents.claim import (
    ClaimDocument,
    InstitutionalDetail,
)
from models.documents.claim_codes import HealthCode, HealthCodeKind
from models.documents.claim_supplements import (
    ClaimSupplement,
    LineSupplement,
)
from models.values.money import Money
from revcycle.formats.x12 import t837i
from revcycle.formats.x12.claims.limits import ClaimRefusedError
from tests.unit.formats.x12_claims.claim_examples import (
    RENDERING,
    a_batch,
    an_envelope,
    outpatient_claim,
)

H = HealthCodeKind


def hospital(**changes: object) -> ClaimDocument:
    """An outpatient claim with another supplement."""
    return replace(outpatient_claim(), supplement=ClaimSupplement(**changes))  # type: ignore[arg-type] # its own fields


def hospital_detail(**changes: object) -> ClaimDocument:
    """An outpatient claim with other facts of the stay."""
    detail = outpatient_claim().institutional or InstitutionalDetail("0131")
    return replace(outpatient_claim(), institutional=replace(detail, **changes))  # type: ignore[arg-type] # its own fields


HOSPITAL_REFUSALS: dict[str, tuple[Callable[[], ClaimDocument], str]] = {
    "what the patient paid": (
        lambda: replace(outpatient_claim(), patient_paid=Money(1)),
        "no room for an amount the patient paid",
    ),
    "a car accident": (lambda: hospital(related_causes=("AA",)), "no room for related causes"),
    "four reasons for a visit": (
        lambda: hospital(health_codes=(HealthCode(H.REASON_FOR_VISIT, "R079"),) * 4),
        "room for 3 codes of kind APR",
    ),
    "25 value codes": (
        lambda: hospital(health_codes=(HealthCode(H.VALUE, "A8", amount=Decimal(1)),) * 25),
        "room for 24 codes of kind BE",
    ),
    "anaesthesia": (
        lambda: hospital(health_codes=(HealthCode(H.ANESTHESIA_PROCEDURE, "66984"),)),
        "no room for codes of kind BP",
    ),
    "more present than diagnosed": (
        lambda: hospital(present_on_admission=("Y", "Y", "Y")),
        "more is said to be present on admission",
    ),
    "no patient status": (lambda: hospital_detail(patient_status=""), "patient status is missing"),
    "an hour of three digits": (
        lambda: hospital_detail(discharge_time="930"),
        "discharge time must have 4 to 4",
    ),
    "a long bill type": (lambda: hospital_detail(bill_type="01311"), "four characters"),
    "equipment on a line": (
        lambda: replace(
            outpatient_claim(),
            lines=(
                replace(
                    outpatient_claim().lines[0],
                    supplement=LineSupplement(ordering_provider=RENDERING),
                ),
            ),
        ),
        "an institutional line has no room for an ordering provider",
    ),
}


@pytest.mark.parametrize("case", HOSPITAL_REFUSALS)
def test_what_an_institutional_claim_has_no_room_for_is_refused(case: str) -> None:
    make, reason = HOSPITAL_REFUSALS[case]
    with pytest.raises(ClaimRefusedError, match=reason):
        t837i.write_claims(a_batch(make()), an_envelope(), verify=False)
