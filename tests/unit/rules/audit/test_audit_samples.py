"""Which charts are audited."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_audit import CodedChart
from models.values.money import Money
from revcycle.rules.audit.chart_risk import weigh_chart
from revcycle.rules.audit.draw import draw_by_risk, draw_random
from revcycle.rules.audit.visit_levels import is_high_level, is_level

CHARTS = [UUID(int=number) for number in range(1, 201)]
populations = st.sets(st.integers(1, 10_000).map(lambda number: UUID(int=number)), max_size=60)


@given(populations, st.integers(0, 80), st.text(max_size=10))
def test_the_same_seed_draws_the_same_charts_in_whatever_order_they_come(
    population: set[UUID], count: int, seed: str
) -> None:
    drawn = draw_random(sorted(population), count, seed)
    assert drawn == draw_random(sorted(population, reverse=True), count, seed)
    assert len(drawn) == min(count, len(population))
    assert set(drawn) <= population


@given(populations, st.text(max_size=10))
def test_a_larger_sample_holds_the_smaller_one(population: set[UUID], seed: str) -> None:
    charts = list(population)
    assert draw_random(charts, 30, seed)[:10] == draw_random(charts, 10, seed)
    weights = dict.fromkeys(charts, 3)
    assert draw_by_risk(weights, 30, seed)[:10] == draw_by_risk(weights, 10, seed)


def test_every_chart_has_the_same_chance() -> None:
    drawn = Counter(one for seed in range(400) for one in draw_random(CHARTS, 20, str(seed)))
    # Of 400 draws each chart is in 40; five standard deviations are 30.
    assert all(10 <= drawn[chart] <= 70 for chart in CHARTS)


def test_a_heavy_chart_is_drawn_more_often() -> None:
    weights = dict.fromkeys(CHARTS[:50], 1) | {CHARTS[0]: 8}
    drawn = Counter(one for seed in range(100) for one in draw_by_risk(weights, 5, str(seed)))
    assert drawn[CHARTS[0]] > 3 * drawn[CHARTS[1]]


def a_chart(
    procedure: str = "97110",
    modifiers: tuple[str, ...] = (),
    cents: int = 9_000,
    new_codes: int = 0,
    *,
    is_unsure: bool = False,
) -> CodedChart:
    service = CodedService(procedure, (1,), modifiers, Decimal(1))
    coding = CodingDocument(("E119",), (service,), date(2026, 11, 18))
    at = datetime(2026, 11, 19, 12, tzinfo=UTC)
    return CodedChart(
        CHARTS[0],
        CHARTS[1],
        "cleo",
        at,
        at.date(),
        coding,
        Money(cents),
        new_codes,
        is_unsure=is_unsure,
    )


@pytest.mark.parametrize(
    ("chart", "weight"),
    [
        pytest.param(a_chart(), 1, id="a-plain-chart"),
        pytest.param(a_chart(modifiers=("25",)), 3, id="modifier-25"),
        pytest.param(a_chart(modifiers=("XS",)), 3, id="a-finer-form-of-59"),
        pytest.param(a_chart(modifiers=("LT",)), 1, id="a-modifier-that-informs"),
        pytest.param(a_chart("99214"), 3, id="a-high-level"),
        pytest.param(a_chart("99213"), 1, id="a-usual-level"),
        pytest.param(a_chart(cents=50_000), 3, id="much-money"),
        pytest.param(a_chart(cents=49_999), 1, id="a-cent-less"),
        pytest.param(a_chart(new_codes=2), 2, id="codes-the-practice-never-billed"),
        pytest.param(a_chart(is_unsure=True), 2, id="the-coder-was-not-sure"),
        pytest.param(a_chart("99215", ("25",), 80_000, 1, is_unsure=True), 9, id="all-of-it"),
    ],
)
def test_a_chart_weighs_what_can_go_wrong_with_it(chart: CodedChart, weight: int) -> None:
    assert weigh_chart(chart) == weight


def test_levels_are_those_of_visits_and_the_two_highest_are_high() -> None:
    assert [code for code in ("99202", "99215", "99291", "97110", "J1100") if is_level(code)] == [
        "99202",
        "99215",
    ]
    office = [f"992{number}" for number in range(11, 16)]
    assert [code for code in office if is_high_level(code)] == ["99214", "99215"]
