"""Accuracy, agreement and standing of a coder."""

import random
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.coding_audit import JudgedCode
from models.values.coding_audit import CodePart, CoderStanding, CodeVerdict, Gravity
from revcycle.rules.audit.accuracy import Accuracy, wilson_interval
from revcycle.rules.audit.agreement import cohens_kappa
from revcycle.rules.audit.education import EDUCATION_LENGTH_MAX, write_education
from revcycle.rules.audit.name_services import name_services
from revcycle.rules.audit.standing import stand_of
from revcycle.rules.audit.sum_up import sum_up_audit, verdict_of

FLOOR = Decimal("0.95")
shares = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_interval_is_the_published_one() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263.
    low, high = wilson_interval(81, 263)
    assert (round(low, 4), round(high, 4)) == (Decimal("0.2553"), Decimal("0.3662"))


def test_nothing_seen_leaves_everything_possible() -> None:
    assert Accuracy(0, 0).interval == (Decimal(0), Decimal(1))
    assert Accuracy(0, 0).share is None


@given(shares)
def test_the_interval_holds_what_was_seen_and_lies_between_0_and_1(seen: tuple[int, int]) -> None:
    accuracy = Accuracy(*seen)
    low, high = accuracy.interval
    assert 0 <= low <= high <= 1
    assert accuracy.share is None or low <= accuracy.share <= high


@given(shares)
def test_right_and_wrong_mirror_each_other(seen: tuple[int, int]) -> None:
    right, count = seen
    low, high = wilson_interval(right, count)
    assert wilson_interval(count - right, count) == pytest.approx((1 - high, 1 - low))


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_cases_of_the_same_share_narrow_the_interval(right: int, wrong: int) -> None:
    few, many = Accuracy(right, right + wrong), Accuracy(4 * right, 4 * (right + wrong))
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


def test_the_interval_of_a_coder_who_is_wrong_in_8_of_100_holds_92_in_95_of_100_audits() -> None:
    audits = 2_000
    chance = random.Random(6)  # noqa: S311 - a simulation, no secret
    held = 0
    for _ in range(audits):
        right = sum(chance.random() >= 0.08 for _ in range(150))
        low, high = wilson_interval(right, 150)
        held += low <= Decimal("0.92") <= high
    assert 0.93 <= held / audits <= 0.97


def test_kappa_is_the_one_of_the_textbook() -> None:
    # Cohen's own example form: 20 and 15 agree, 5 and 10 do not: (0.70 - 0.50) / 0.50.
    counted = [("y", "y", 20), ("y", "n", 5), ("n", "y", 10), ("n", "n", 15)]
    assert cohens_kappa(counted) == Decimal("0.4")


def test_kappa_says_nothing_of_nothing_and_of_one_word_only() -> None:
    assert cohens_kappa([]) is None
    assert cohens_kappa([("99213", "99213", 30)]) is None


words = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(1, 9)))


@given(words)
def test_kappa_is_the_same_from_both_sides_and_at_most_1(
    counted: list[tuple[str, str, int]],
) -> None:
    kappa = cohens_kappa(counted)
    assert kappa == cohens_kappa([(theirs, mine, times) for mine, theirs, times in counted])
    assert kappa is None or kappa <= 1


@pytest.mark.parametrize(
    ("right", "count", "cases", "expected"),
    [
        pytest.param(120, 120, 29, CoderStanding.NEW, id="one-case-too-few-says-nothing"),
        pytest.param(120, 120, 30, CoderStanding.COMPETENT, id="all-right-in-30-cases"),
        pytest.param(118, 120, 30, CoderStanding.BELOW_FLOOR, id="two-wrong-may-be-below"),
        pytest.param(1180, 1200, 300, CoderStanding.COMPETENT, id="as-good-and-ten-times-surer"),
        pytest.param(1104, 1200, 300, CoderStanding.BELOW_FLOOR, id="92-of-100-is-below"),
    ],
)
def test_every_chart_is_audited_until_the_lower_end_reaches_the_floor(
    right: int, count: int, cases: int, expected: CoderStanding
) -> None:
    stand = stand_of(Accuracy(right, count), cases=cases, new_coder_cases=30, floor=FLOOR)
    assert stand is expected


def judged(
    part: CodePart, coder: str, right: str, weight: Gravity = Gravity.MATERIAL, auditor: str = ""
) -> JudgedCode:
    auditor = auditor or right
    same = coder == auditor == right
    verdict = CodeVerdict.SAME if same else verdict_of(coder, auditor, right)
    return JudgedCode(1, part, coder, auditor, weight, verdict, right)


def test_figures_count_cases_by_material_errors_and_codes_by_all() -> None:
    first, second, third = (UUID(int=number) for number in range(3))
    figures = sum_up_audit(
        [
            (first, judged(CodePart.DIAGNOSIS, "E119", "E119")),
            (first, judged(CodePart.LEVEL, "99214", "99213")),
            (first, judged(CodePart.UNITS, "1", "2")),
            (second, judged(CodePart.DIAGNOSIS, "I10", "", Gravity.MINOR, auditor="R059")),
            (second, judged(CodePart.PROCEDURE, "20610", "20610", auditor="20611")),
        ],
        closed=3,
    )
    assert third  # a case without a code of either counts as right
    assert figures.cases == Accuracy(2, 3)
    assert figures.codes == Accuracy(2, 4)
    assert figures.by_part[CodePart.UNITS] == Accuracy(0, 1)
    assert (figures.material, figures.minor) == (2, 1)


def test_the_third_person_may_find_the_coder_right_or_both_wrong() -> None:
    assert verdict_of("99214", "99213", "99214") is CodeVerdict.CODER
    assert verdict_of("99214", "99213", "99213") is CodeVerdict.AUDITOR
    assert verdict_of("99214", "99213", "99212") is CodeVerdict.OTHER


def test_the_coder_learns_of_each_mistake_and_of_nothing_else() -> None:
    codes = [
        judged(CodePart.LEVEL, "99214", "99213"),
        judged(CodePart.DIAGNOSIS, "I10", "", Gravity.MINOR, auditor="R059"),
        judged(CodePart.PROCEDURE, "20610", "20610", auditor="20611"),
    ]
    assert write_education(codes, "  Time was not written down. ") == (
        "Level of the visit: coded 99214, right is 99213 (material).\n"
        "Diagnosis: coded I10, right is none (minor).\n"
        "Time was not written down."
    )
    assert write_education([], "") == ""


def test_units_and_modifiers_name_the_procedure_they_are_of() -> None:
    chart = [
        judged(CodePart.DIAGNOSIS, "E119", "E119"),
        judged(CodePart.LEVEL, "99214", "99213"),
        judged(CodePart.MODIFIER, "25", ""),
        judged(CodePart.PROCEDURE, "G0402", "G0402"),
        judged(CodePart.UNITS, "1", "2"),
    ]
    assert [one.service for one in name_services(chart)] == ["", "", "99214 / 99213", "", "G0402"]
    assert write_education(name_services(chart), "") == (
        "Level of the visit: coded 99214, right is 99213 (material).\n"
        "Modifier of 99214 / 99213: coded 25, right is none (material).\n"
        "Units of G0402: coded 1, right is 2 (material)."
    )


def test_a_long_lesson_is_cut() -> None:
    codes = [judged(CodePart.LEVEL, "99214", "99213")]
    assert len(write_education(codes, "x" * 9_000)) == EDUCATION_LENGTH_MAX
