"""Answers about claims that do not repeat the trace of our question."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from models.documents.asked_claim import AskedClaim
from models.values.money import Money
from revcycle.rules.follow_up.answered_claim import (
    TracelessAnswer,
    answered_question,
    possible_questions,
)

DAY, OTHER_DAY = date(2026, 10, 5), date(2026, 10, 6)
FIRST, SECOND = uuid4(), uuid4()
ASKED = (
    AskedClaim(FIRST, frozenset({"OURS01", "OURS02"}), "ICN1", Money(12_500), DAY),
    AskedClaim(SECOND, frozenset({"THAT01"}), "ICN2", Money(12_500), DAY),
)


def an_answer(
    number: str = "", payer_number: str = "", charge: int | None = 12_500, day: date = DAY
) -> TracelessAnswer:
    money = None if charge is None else Money(charge)
    return TracelessAnswer(number, payer_number, money, frozenset({day}))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(an_answer("OURS01"), FIRST, id="our-number-decides"),
        pytest.param(an_answer("OURS02", "ICN2"), FIRST, id="our-number-goes-before-the-payers"),
        pytest.param(an_answer("", "ICN2"), SECOND, id="the-payers-number-of-one-claim"),
        pytest.param(an_answer("", "ICN2", charge=None), SECOND, id="no-charge-contradicts-none"),
        pytest.param(an_answer("OURS01", charge=100), None, id="another-charge-is-another-claim"),
        pytest.param(an_answer("FOREIGN", "ICN1"), None, id="another-number-is-not-ours"),
        pytest.param(an_answer(), None, id="charge-and-day-alone-decide-nothing"),
    ],
)
def test_a_number_decides_and_nothing_else(answer: TracelessAnswer, expected: UUID | None) -> None:
    assert answered_question(answer, ASKED) == expected


def test_two_claims_with_one_payer_number_are_not_guessed_between() -> None:
    twice = [AskedClaim(one.check_id, one.numbers, "ICN1", one.charge, DAY) for one in ASKED]
    assert answered_question(an_answer("", "ICN1"), twice) is None


def test_charge_and_day_make_candidates_for_a_person() -> None:
    assert possible_questions(an_answer(), ASKED) == [FIRST, SECOND]
    assert possible_questions(an_answer(day=OTHER_DAY), ASKED) == []
    assert possible_questions(an_answer(charge=100), ASKED) == []
