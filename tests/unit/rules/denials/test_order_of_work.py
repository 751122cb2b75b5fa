"""What a denial is worth working: chance, expected value, deadline, and the sentence of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.money import Money
from revcycle.rules.denials.rank_denial import percent, rank_denial
from revcycle.rules.denials.recovery_chance import Resolved, age_class, recovery_chance

TODAY = date(2026, 11, 20)
LATER = TODAY + timedelta(days=40)
HISTORY = (
    Resolved("sun", "coding", 0, count=10, recovered=9),
    Resolved("sun", "coding", 61, count=5, recovered=0),
    Resolved("moon", "clinical", 0, count=20, recovered=2),
)


def chance(payer: str, category: str, age: int = 0) -> int:
    found = recovery_chance(HISTORY, payer_key=payer, category=category, age_days=age)
    return found.permille


def test_a_practice_that_knows_nothing_has_an_even_chance() -> None:
    assert recovery_chance((), payer_key="sun", category="coding", age_days=5).permille == 500


def test_the_arithmetic_of_a_chance_by_hand() -> None:
    found = recovery_chance(HISTORY, payer_key="sun", category="coding", age_days=5)
    # all: (11 + 10 x 1/2) / (35 + 10); category: (9 + 10 x that) / 25; like: (9 + 10 x that) / 25
    assert found.permille == 561
    assert (found.like, found.of_category, found.of_all) == ((9, 15), (9, 15), (11, 35))
    assert found.words.startswith("9 of 15 like it")


def test_payer_category_and_age_move_the_chance() -> None:
    assert chance("sun", "coding") > chance("sun", "clinical")
    assert chance("sun", "coding") > chance("moon", "coding")
    assert chance("sun", "coding", age=70) < chance("sun", "coding", age=5)


@pytest.mark.parametrize(
    ("days", "age"), [(-3, 0), (30, 0), (31, 31), (60, 31), (61, 61), (900, 91)]
)
def test_ages_are_compared_in_classes(days: int, age: int) -> None:
    assert age_class(days) == age


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400))), st.integers(0, 400))
def test_a_chance_is_never_below_nothing_nor_above_all(
    pairs: list[tuple[int, int]], age: int
) -> None:
    known = [Resolved("sun", "coding", age_class(at), count, count // 2) for at, count in pairs]
    found = recovery_chance(known, payer_key="sun", category="coding", age_days=age)
    assert 0 <= found.permille <= 1_000
    again = recovery_chance(reversed(known), payer_key="sun", category="coding", age_days=age)
    assert found == again


@pytest.mark.parametrize(
    ("cents", "permille", "due", "limit", "priority"),
    [
        pytest.param(100, 10, 3, 90, 1, id="due-in-three-days"),
        pytest.param(100, 10, -2, 90, 1, id="overdue"),
        pytest.param(100, 10, 30, 2, 1, id="the-payers-limit-is-near"),
        pytest.param(100, 10, 7, 90, 2, id="due-in-a-week"),
        pytest.param(100_000, 500, 30, 90, 3, id="worth-five-hundred"),
        pytest.param(99_999, 499, 30, 90, 4, id="worth-a-cent-less"),
        pytest.param(20_000, 500, 30, 90, 4, id="worth-a-hundred"),
        pytest.param(5_000, 500, 30, 90, 5, id="worth-twenty-five"),
        pytest.param(5_000, 499, 30, None, 6, id="worth-less-and-no-limit-known"),
    ],
)
def test_what_expires_goes_first_then_what_is_worth_most(
    cents: int, permille: int, due: int, limit: int | None, priority: int
) -> None:
    rank = rank_denial(
        Money(cents),
        chance_permille=permille,
        due_on=TODAY + timedelta(days=due),
        limit_on=None if limit is None else TODAY + timedelta(days=limit),
        today=TODAY,
    )
    assert rank.priority == priority


def test_one_sentence_says_why() -> None:
    rank = rank_denial(
        Money(15_000), chance_permille=415, due_on=LATER, limit_on=TODAY, today=TODAY
    )
    assert rank.expected == Money(6_225)
    assert rank.why == (
        "$150.00 with a chance of 41.5 % is worth $62.25, and today is the last day"
    )
    assert percent(400) == "40 %"


@given(st.integers(1, 10_000_000), st.integers(0, 1_000))
def test_the_expected_value_lies_between_nothing_and_the_balance(cents: int, permille: int) -> None:
    rank = rank_denial(
        Money(cents), chance_permille=permille, due_on=LATER, limit_on=None, today=TODAY
    )
    assert Money(0) <= rank.expected <= rank.balance
