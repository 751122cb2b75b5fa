"""Claims with more lines than there is room for."""

from dataclasses import replace

import pytest

from models.documents.claim import (
    Adjustment,
    ClaimDocument,
    FrequencyCode,
    LineAdjudication,
    OtherPayer,
)
from models.documents.claim_codes import KeptSegment
from models.errors import RejectedError
from models.values.money import Money, total
from revcycle.formats.x12 import t837p
from revcycle.formats.x12.claims.writing_split import split_claim
from tests.unit.formats.x12_claims.claim_examples import (
    DECIDED_ON,
    PAYER,
    SECOND_PAYER,
    SUBSCRIBER,
    a_batch,
    a_line,
    an_envelope,
)
from tests.unit.formats.x12_claims.special_claims import OTHER_NAMED, plain_claim


def long_claim(**changes: object) -> ClaimDocument:
    """A claim of 120 lines."""
    lines = tuple(a_line(number) for number in range(1, 121))
    return plain_claim(lines=lines, **changes)


def test_a_claim_that_fits_is_left_alone() -> None:
    claim = plain_claim()
    assert split_claim(claim, t837p.LIMITS) == (claim,)


def test_a_long_claim_becomes_several_and_nothing_is_lost() -> None:
    claim = long_claim(patient_paid=Money(700_000))
    parts = split_claim(claim, t837p.LIMITS)
    assert [len(part.lines) for part in parts] == [50, 50, 20]
    assert [[line.number for line in part.lines][:2] for part in parts] == [[1, 2]] * 3
    numbers = [line.line_control_number for part in parts for line in part.lines]
    assert numbers == [line.line_control_number for line in claim.lines]
    assert total(part.charge_total for part in parts) == claim.charge_total
    assert [part.patient_paid for part in parts] == [Money(625_000), Money(75_000), None]


def test_the_parts_are_written_once_they_have_numbers() -> None:
    parts = split_claim(long_claim(), t837p.LIMITS)
    batch = a_batch(*(replace(part, control_number=f"P-{n}") for n, part in enumerate(parts)))
    assert t837p.read_claims(t837p.write_claims(batch, an_envelope())) == (batch.claims, ())


def test_what_was_decided_by_line_goes_with_the_lines() -> None:
    said = LineAdjudication(
        "00123", Money(10_000), (Adjustment("CO", "45", Money(2_500)),), DECIDED_ON
    )
    lines = tuple(replace(line, adjudications=(said,)) for line in long_claim().lines)
    first = OtherPayer(
        PAYER, replace(SUBSCRIBER, person=OTHER_NAMED), Money(1_200_000), paid_on=DECIDED_ON
    )
    claim = replace(plain_claim(lines=lines, payer=SECOND_PAYER), other_payers=(first,))
    parts = split_claim(claim, t837p.LIMITS)
    assert [part.other_payers[0].paid for part in parts] == [
        Money(500_000),
        Money(500_000),
        Money(200_000),
    ]
    batch = a_batch(*(replace(part, control_number=f"P-{n}") for n, part in enumerate(parts)))
    assert t837p.read_claims(t837p.write_claims(batch, an_envelope())) == (batch.claims, ())


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (long_claim(frequency_code=FrequencyCode.REPLACEMENT), "corrects another"),
        (
            long_claim(other_payers=(OtherPayer(PAYER, SUBSCRIBER, Money(1)),)),
            "decided as a whole",
        ),
        (long_claim(kept=(KeptSegment("2300", ("REF", "P4", "A")),)), "kept from a file"),
    ],
    ids=["correction", "decided-as-a-whole", "kept-segments"],
)
def test_what_cannot_be_divided_is_refused(claim: ClaimDocument, reason: str) -> None:
    with pytest.raises(RejectedError, match=reason):
        split_claim(claim, t837p.LIMITS)
