"""Which differences of codings are shown to a person, and how often for nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest

from models.documents.coding_mix import Asked, LineGroup
from models.values.anomalies import Against, Pattern
from revcycle.rules.anomalies.chances import chance_of_means, chance_of_rates, chance_of_shares
from revcycle.rules.anomalies.compare import figure_of, find_anomalies, list_comparisons
from revcycle.rules.anomalies.false_discoveries import adjust_chances
from revcycle.rules.anomalies.tallies import values_of
from tests.unit.rules.anomalies.invented_mix import (
    LAKESIDE,
    OFFICE_LEVELS,
    PROVIDERS,
    SHIFTED_LEVELS,
    two_periods,
)

SEEDS = range(40)
FALSE_ALARMS_AT_MOST = 2  # of 40 practices, in each of which nothing changed: 5 %
ONE, TWO = Decimal(1), Decimal(2)


def a_line(code: str, *modifiers: str, units: int = 1) -> LineGroup:
    return LineGroup(PROVIDERS[0].id, code, modifiers, Decimal(units), 1)


def test_a_lady_who_tasted_tea_is_judged_as_fisher_did() -> None:
    # Fisher, The Design of Experiments (1935): 3 of 4 right is 0.486 (two-sided), 4 of 4 is 1/35.
    assert chance_of_rates((3, 4), (1, 4)) == pytest.approx(0.4857, abs=1e-4)
    assert chance_of_rates((4, 4), (0, 4)) == pytest.approx(1 / 35)


def test_shares_are_judged_by_chi_square_where_counts_are_large() -> None:
    # Mendel's 2 x 2: 30, 20 against 20, 30 gives chi-square 4 and, with one degree, p = 0.0455.
    own, other = {ONE: 30, TWO: 20}, {ONE: 20, TWO: 30}
    assert chance_of_shares(own, other) == pytest.approx(0.0455, abs=1e-4)


def test_small_counts_are_dealt_out_and_agree_with_the_exact_test() -> None:
    own, other = {ONE: 8, TWO: 2}, {ONE: 3, TWO: 9}
    dealt = chance_of_shares(own, other)
    assert dealt == pytest.approx(chance_of_rates((8, 10), (3, 12)), abs=0.01)
    assert dealt == chance_of_shares(own, other)
    assert dealt == pytest.approx(chance_of_means(own, other), abs=0.01)


def test_equal_values_are_no_difference() -> None:
    assert chance_of_means({ONE: 40}, {ONE: 400}) == 1
    assert chance_of_shares({ONE: 40}, {ONE: 400}) == 1


def test_questions_are_adjusted_as_published() -> None:
    # Benjamini and Hochberg 1995, section 3.2: of 15 questions four stand at 5 %.
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    chances += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    adjusted = adjust_chances(chances)
    assert sum(one <= 0.05 for one in adjusted) == 4
    assert adjusted == sorted(adjusted)
    assert adjust_chances([]) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            a_line("99214", "25"),
            [(Pattern.LEVEL, "99215", Decimal(4)), (Pattern.MODIFIER, "25", ONE)],
            id="a-visit-has-a-level-and-may-be-separate",
        ),
        pytest.param(
            a_line("97110", "GP", "XS", units=2),
            [(Pattern.MODIFIER, "59", ONE), (Pattern.UNITS, "97110", TWO)],
            id="a-finer-form-counts-as-59",
        ),
        pytest.param(a_line("99024"), [], id="a-visit-nobody-pays-is-not-counted"),
    ],
)
def test_a_line_counts_where_it_can_be_compared(
    line: LineGroup, expected: list[tuple[Pattern, str, Decimal]]
) -> None:
    assert list(values_of(line)) == expected


def test_stable_practices_are_left_in_peace() -> None:
    alarmed = 0
    for seed in SEEDS:
        now, before = two_periods(seed, levels=OFFICE_LEVELS)
        alarmed += bool(find_anomalies(list_comparisons(PROVIDERS, now, before, LAKESIDE)))
    assert alarmed <= FALSE_ALARMS_AT_MOST


def test_a_provider_who_began_to_code_higher_is_found_against_both() -> None:
    missed = 0
    for seed in range(10):
        now, before = two_periods(seed, shifted=2, levels=SHIFTED_LEVELS)
        found = find_anomalies(list_comparisons(PROVIDERS, now, before, LAKESIDE))
        asked = Asked(PROVIDERS[2].id, Pattern.LEVEL, "99215")
        hits = {one.comparison.against for one in found if one.comparison.asked == asked}
        missed += hits != set(Against)
        assert all(one.own > one.other for one in found if one.comparison.asked == asked)
    assert missed <= 1


def test_figures_are_exact_and_sum_to_their_counts() -> None:
    now, before = two_periods(1, shifted=2, levels=SHIFTED_LEVELS)
    (first, *_) = find_anomalies(list_comparisons(PROVIDERS, now, before, LAKESIDE))
    assert first.own == figure_of(now[first.comparison.asked])
    assert first.own_count == sum(first.comparison.own.values())
    assert figure_of({ONE: 1, TWO: 2}) == Fraction(5, 3)


def test_few_encounters_few_peers_and_unknown_specialties_are_not_judged() -> None:
    now, before = two_periods(1, encounters=20, shifted=2, levels=SHIFTED_LEVELS)
    asked = [one.asked.pattern for one in list_comparisons(PROVIDERS, now, before, LAKESIDE)]
    assert Pattern.LEVEL not in asked
    now, before = two_periods(1, levels=OFFICE_LEVELS)
    alone = list_comparisons(PROVIDERS[:3], now, before, LAKESIDE)
    assert {one.against for one in alone} == {Against.PAST}


def test_providers_of_other_practices_are_peers_and_are_not_judged() -> None:
    now, before = two_periods(1, levels=OFFICE_LEVELS)
    asked = list_comparisons(PROVIDERS, now, before, LAKESIDE)
    assert {one.asked.provider_id for one in asked} == {one.id for one in PROVIDERS[:5]}
    assert max(len(one.others) for one in asked) == len(PROVIDERS) - 1
