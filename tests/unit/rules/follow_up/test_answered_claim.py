"""Answers about claims that do not repeat the trace of our question."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from models.documents.asked_claim import AskedClaim
from models.values.money import Money
from revcycle.rules.follow_up.answered_claim import (
    KNOWN_BY_WORDS,
    KnownBy,
    TracelessAnswer,
    answered_question,
    possible_questions,
)

DAY, OTHER_DAY = date(2026, 10, 5), date(2026, 10, 6)
FIRST, SECOND = uuid4(), uuid4()
OURS, THAT = "0QX4R7MW1KPT2301", "7HN2S9CV5JDB0801"
ASKED = (
    AskedClaim(FIRST, frozenset({OURS, "0QX4R7MW1KPT2302"}), "ICN1", Money(12_500), DAY, "W-100"),
    AskedClaim(SECOND, frozenset({THAT}), "ICN2", Money(12_500), DAY, "W-200"),
)


def an_answer(
    number: str = "",
    payer_number: str = "",
    charge: int | None = 12_500,
    day: date = DAY,
    member_id: str = "",
) -> TracelessAnswer:
    money = None if charge is None else Money(charge)
    return TracelessAnswer(number, payer_number, money, frozenset({day}), member_id)


@pytest.mark.parametrize(
    ("answer", "check_id", "known_by"),
    [
        pytest.param(an_answer(OURS), FIRST, "our_number", id="our-number-decides"),
        pytest.param(
            an_answer("", "ICN2"), SECOND, "payer_number", id="the-payers-number-of-one-claim"
        ),
        pytest.param(
            an_answer("", "ICN2", charge=None),
            SECOND,
            "payer_number",
            id="no-charge-contradicts-none",
        ),
        pytest.param(
            an_answer("FOREIGN", "ICN1"),
            FIRST,
            "payer_number",
            id="the-payers-number-beside-a-number-of-somebody-else",
        ),
        pytest.param(
            an_answer(member_id="w100"),
            FIRST,
            "member_day_charge",
            id="member-day-and-charge-where-no-number-is-said",
        ),
        pytest.param(
            an_answer("0", member_id="W-200"),
            SECOND,
            "member_day_charge",
            id="a-zero-is-no-number",
        ),
    ],
)
def test_what_one_claim_only_has_decides(
    answer: TracelessAnswer, check_id: UUID, known_by: str
) -> None:
    found = answered_question(answer, ASKED)
    assert found is not None
    assert (found.check_id, found.known_by) == (check_id, known_by)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(OURS.lower(), id="small-letters"),
        pytest.param("0QX4-R7MW-1KPT-2301", id="signs-between"),
        pytest.param(" 0QX4R7MW1KPT2301 ", id="spaces-around"),
        pytest.param(OURS.lstrip("0"), id="without-leading-zeros"),
        pytest.param("0000" + OURS, id="filled-up-with-zeros"),
        pytest.param("OQX4R7MWIKPT2301", id="letters-for-digits"),
        pytest.param(OURS[:11], id="cut-off"),
    ],
)
def test_our_number_is_known_however_the_payer_writes_it(number: str) -> None:
    found = answered_question(an_answer(number), ASKED)
    assert found is not None
    assert (found.check_id, found.known_by) == (FIRST, KnownBy.OUR_NUMBER_REWRITTEN)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(an_answer(OURS, charge=100), id="another-charge-is-another-claim"),
        pytest.param(an_answer(OURS[:8]), id="too-little-is-left-of-our-number"),
        pytest.param(an_answer("FOREIGN", member_id="W-100"), id="another-number-is-not-ours"),
        pytest.param(an_answer(member_id="W-100", day=OTHER_DAY), id="another-day"),
        pytest.param(an_answer(member_id="W-100", charge=None), id="member-and-day-without-charge"),
        pytest.param(an_answer(OURS, "ICN2"), id="two-numbers-of-two-claims"),
        pytest.param(an_answer(), id="charge-and-day-alone-decide-nothing"),
        pytest.param(an_answer("0", charge=None), id="nothing-is-said"),
    ],
)
def test_nothing_is_guessed(answer: TracelessAnswer) -> None:
    assert answered_question(answer, ASKED) is None


def test_two_claims_with_one_payer_number_are_not_guessed_between() -> None:
    twice = [AskedClaim(one.check_id, one.numbers, "ICN1", one.charge, DAY) for one in ASKED]
    assert answered_question(an_answer("", "ICN1"), twice) is None
    assert answered_question(an_answer(OURS, "ICN1"), twice) is not None


def test_two_visits_of_a_member_on_one_day_at_one_charge_are_not_guessed_between() -> None:
    twice = [
        AskedClaim(one.check_id, one.numbers, one.payer_number, one.charge, DAY, "W-1")
        for one in ASKED
    ]
    assert answered_question(an_answer(member_id="W-1"), twice) is None
    assert {one.known_by for one in possible_questions(an_answer(member_id="W-1"), twice)} == {
        KnownBy.MEMBER_DAY_CHARGE
    }


def test_candidates_for_a_person_say_why_they_are_some() -> None:
    found = possible_questions(an_answer("FOREIGN", "ICN2"), ASKED)
    assert [(one.check_id, one.known_by) for one in found] == [
        (FIRST, KnownBy.DAY_CHARGE),
        (SECOND, KnownBy.PAYER_NUMBER),
    ]
    assert possible_questions(an_answer(day=OTHER_DAY), ASKED) == ()
    assert possible_questions(an_answer(charge=100), ASKED) == ()
    assert set(KNOWN_BY_WORDS) == set(KnownBy)
