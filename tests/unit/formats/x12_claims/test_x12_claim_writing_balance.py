"""What earlier payers decided adds up, or the claim is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.documents.claim import (
    Adjustment,
    ClaimDocument,
)
from models.documents.claim_supplements import (
    OtherPayerSupplement,
)
from models.values.money import Money
from revcycle.formats.x12 import t837p
from revcycle.formats.x12.claims.limits import ClaimRefusedError
from tests.unit.formats.x12_claims.claim_examples import (
    a_batch,
    an_envelope,
    secondary_claim,
)


def decided(**changes: object) -> ClaimDocument:
    """The claim to the second payer, with another decision of the first."""
    claim = secondary_claim()
    other = replace(claim.other_payers[0], **changes)  # type: ignore[arg-type] # its own fields
    return replace(claim, other_payers=(other,))


def paid_for_the_line(amount: Money) -> ClaimDocument:
    """The claim to the second payer, with another payment for its line."""
    claim = secondary_claim()
    (line,) = claim.lines
    (decision,) = line.adjudications
    return replace(claim, lines=(replace(line, adjudications=(replace(decision, paid=amount),)),))


def test_what_is_adjusted_on_the_whole_claim_lowers_its_payment_and_not_that_of_the_lines() -> None:
    adjusted = (Adjustment("CO", "45", Money(1_000)),)
    claim = decided(paid=Money(7_000), adjustments=adjusted)
    written = t837p.write_claims(a_batch(claim), an_envelope(), verify=False)
    (read,), _ = t837p.read_claims(written)
    assert read.other_payers[0].adjustments == adjusted


IMBALANCES: dict[str, tuple[Callable[[], ClaimDocument], str]] = {
    "a cent is not explained": (
        lambda: decided(paid=Money(7_999)),
        "charge less adjustments is not what it paid, by 0.01",
    ),
    "claim and lines explain it twice": (
        lambda: decided(adjustments=(Adjustment("CO", "45", Money(3_000)),)),
        "charge less adjustments is not what it paid, by -30.00",
    ),
    "lines and claim were paid differently": (
        lambda: paid_for_the_line(Money(7_000)),
        "paid for the lines is not what it paid for the claim",
    ),
    "it does not say what it paid": (lambda: decided(paid=None), "must say what it paid"),
    "nobody decided the line": (
        lambda: replace(secondary_claim(), other_payers=()),
        "line 1: the payer that decided it is not one other payer of the claim",
    ),
    "two payers may have decided the line": (
        lambda: replace(secondary_claim(), other_payers=secondary_claim().other_payers * 2),
        "line 1: the payer that decided it is not one other payer of the claim",
    ),
    "too many remarks": (
        lambda: decided(
            supplement=OtherPayerSupplement(benefits_assigned="", release_of_information="")
        ),
        "assignment of benefits and release of information are missing",
    ),
}


@pytest.mark.parametrize("case", IMBALANCES)
def test_what_an_earlier_payer_decided_must_add_up(case: str) -> None:
    make, reason = IMBALANCES[case]
    with pytest.raises(ClaimRefusedError, match=reason):
        t837p.write_claims(a_batch(make()), an_envelope(), verify=False)
