"""What the sandbox pays of a line: exact cents, and always in balance."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.documents.claim import Adjustment
from models.values.money import ZERO, Money, total
from revcycle.sandbox.pricing import (
    LineDecision,
    Price,
    deny_after_others,
    deny_line,
    left_by_others,
    pay_after_others,
    price_lines,
)
from tests.unit.sandbox.sandbox_examples import a_claim, secondary_claim

CHARGES = st.lists(st.integers(0, 5_000_000).map(Money), min_size=1, max_size=8)
RATE = st.decimals("0", "1", places=3)
AMOUNT = st.integers(0, 100_000).map(Money)
PRICE = st.builds(
    Price, allowed=RATE, deductible=AMOUNT, copay=AMOUNT, coinsurance=RATE, sequestration=RATE
)


def explained(decision: LineDecision) -> Money:
    return decision.paid + total(adjustment.amount for adjustment in decision.adjustments)


def test_deductible_then_copay_then_coinsurance_then_sequestration() -> None:
    price = Price(Decimal("0.80"), Money(5_000), Money(2_500), Decimal("0.20"), Decimal("0.02"))
    (decision,) = price_lines([Money(20_000)], price)
    # Allowed 160.00; less 50.00 and 25.00 leaves 85.00; 17.00 coinsurance; 2 % of 68.00 is 1.36.
    assert decision.allowed == Money(16_000)
    assert decision.adjustments == (
        Adjustment("CO", "45", Money(4_000)),
        Adjustment("CO", "253", Money(136)),
        Adjustment("PR", "1", Money(5_000)),
        Adjustment("PR", "2", Money(1_700)),
        Adjustment("PR", "3", Money(2_500)),
    )
    assert decision.paid == Money(6_664)


def test_a_deductible_reaches_over_several_lines() -> None:
    price = Price(Decimal(1), Money(7_000), ZERO, Decimal(0), Decimal(0))
    first, second = price_lines([Money(5_000), Money(5_000)], price)
    assert (first.paid, second.paid) == (ZERO, Money(3_000))
    assert first.adjustments == (Adjustment("PR", "1", Money(5_000)),)
    assert second.adjustments == (Adjustment("PR", "1", Money(2_000)),)


def test_what_is_paid_in_full_needs_no_explanation() -> None:
    price = Price(Decimal(1), ZERO, ZERO, Decimal(0), Decimal(0))
    assert price_lines([Money(5_000)], price) == (
        LineDecision(Money(5_000), (), allowed=Money(5_000)),
    )


def test_the_second_payer_pays_what_the_first_left_to_the_patient() -> None:
    claim = secondary_claim()
    left = left_by_others(claim)
    assert left == (Money(1_500),)
    assert pay_after_others(claim.lines[0].charge, left[0]) == LineDecision(
        Money(1_500), (Adjustment("OA", "23", Money(11_000)),), allowed=Money(1_500)
    )


def test_the_second_payer_denies_only_what_was_left() -> None:
    assert deny_after_others(Money(12_500), Money(1_500), "CO", "50").adjustments == (
        Adjustment("CO", "50", Money(1_500)),
        Adjustment("OA", "23", Money(11_000)),
    )


def test_nothing_is_known_of_earlier_payers_of_a_first_claim() -> None:
    assert left_by_others(a_claim()) is None


@given(CHARGES, PRICE)
def test_every_line_of_a_first_payer_balances(charges: list[Money], price: Price) -> None:
    decisions = price_lines(charges, price)
    assert [explained(decision) for decision in decisions] == charges
    assert all(decision.paid >= ZERO for decision in decisions)


@given(CHARGES, PRICE, RATE)
def test_a_correction_never_pays_more(charges: list[Money], price: Price, cut: Decimal) -> None:
    before = total(decision.paid for decision in price_lines(charges, price))
    after = total(decision.paid for decision in price_lines(charges, price.lowered(cut)))
    assert after <= before + Money(len(charges))  # a cent a line, by rounding of the shares


@given(AMOUNT, st.integers(-100_000, 200_000).map(Money))
def test_every_line_of_a_later_payer_balances(charge: Money, left: Money) -> None:
    assert explained(pay_after_others(charge, left)) == charge
    assert explained(deny_after_others(charge, left, "PR", "204")) == charge
    assert explained(deny_line(charge, "CO", "50")) == charge
