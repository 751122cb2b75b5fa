"""Money: exact, in cents."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.money import ZERO, Money, total

cents = st.integers(-(10**12), 10**12)
amounts = cents.map(Money)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any)


@given(amounts)
def test_an_amount_reads_back_as_it_is_printed(amount: Money) -> None:
    assert Money.parse(str(amount)) == amount


@given(amounts, weights)
def test_the_parts_sum_to_the_whole(amount: Money, shares: list[int]) -> None:
    assert total(amount.allocate(shares)) == amount


@given(amounts, weights)
def test_a_reversal_is_split_into_the_exact_negation(amount: Money, shares: list[int]) -> None:
    assert (-amount).allocate(shares) == tuple(-part for part in amount.allocate(shares))


@given(amounts, weights)
def test_no_part_is_a_cent_away_from_its_share(amount: Money, shares: list[int]) -> None:
    for part, share in zip(amount.allocate(shares), shares, strict=True):
        exact = Decimal(amount.cents) * share / sum(shares)
        assert abs(part.cents - exact) < 1


def test_ties_go_to_the_earlier_line() -> None:
    assert Money(10_000).allocate([1, 1, 1]) == (Money(3334), Money(3333), Money(3333))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("125.5", 12_550), ("-40", -4000), (".5", 50), ("0", 0), ("1.100", 110), ("+3.01", 301)],
)
def test_plain_numbers_are_read(text: str, expected: int) -> None:
    assert Money.parse(text) == Money(expected)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1.005", id="finer-than-a-cent"),
        pytest.param("1,000.00", id="thousands-separator"),
        pytest.param("1e3", id="exponent"),
        pytest.param("1e999999", id="huge-exponent"),
        pytest.param("NaN", id="not-a-number"),
        pytest.param("Infinity", id="infinite"),
        pytest.param("$5", id="currency-sign"),
        pytest.param("", id="empty"),
        pytest.param(".", id="a-point-alone"),
        pytest.param("٣", id="digits-of-another-script"),
        pytest.param("1" * 16, id="more-than-a-column-holds"),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|cents"):
        Money.parse(text)


@pytest.mark.parametrize("value", [1.0, True, "1", None])
def test_only_whole_cents_make_money(value: object) -> None:
    with pytest.raises(TypeError):
        Money(value)  # type: ignore[arg-type] # the point of the test


def test_a_rate_rounds_half_up_once() -> None:
    assert Money(88_250).times(Decimal("0.065")) == Money(5736)
    assert Money(5).times(Decimal("0.5")) == Money(3)


def test_weights_that_divide_nothing_are_refused() -> None:
    for shares in ([], [0, 0], [1, -1]):
        with pytest.raises(ValueError, match="weights"):
            ZERO.allocate(shares)
