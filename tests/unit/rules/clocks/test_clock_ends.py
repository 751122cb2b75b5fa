"""When a clock ends: days, months, presumed receipt, closed days."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.claim import ClaimForm
from models.documents.clock import ClockKind, ClockRule, ClosedDay, StartEvent
from revcycle.reference.clocks import read_clocks, standard_clocks
from revcycle.rules.clocks.clock_end import clock_end, run_clock, service_start
from revcycle.rules.clocks.find_rule import ClockSubject, find_clock_rule
from revcycle.rules.clocks.holidays import is_business_day

MEDICARE = ClockSubject("federal_seniors", "MB", ClaimForm.PROFESSIONAL)
COMMERCIAL = ClockSubject("blue_heron", "CI", ClaimForm.PROFESSIONAL)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def a_rule(**changes: Any) -> ClockRule:
    facts: dict[str, Any] = {
        "id": "x",
        "kind": ClockKind.FILING,
        "start": StartEvent.SERVICE,
        "days": 90,
    }
    return ClockRule(**{**facts, **changes})


def standard(kind: ClockKind, subject: ClockSubject) -> ClockRule:
    rule = find_clock_rule(standard_clocks(), kind, subject)
    assert rule is not None
    return rule


@pytest.mark.parametrize(
    ("service", "last"),
    [
        pytest.param(date(2026, 3, 10), date(2027, 3, 10), id="the-same-day-a-year-later"),
        pytest.param(date(2024, 2, 29), date(2025, 2, 28), id="leap-day-ends-on-28-february"),
        pytest.param(date(2023, 2, 28), date(2024, 2, 28), id="28-february-is-not-moved"),
        pytest.param(date(2023, 3, 1), date(2024, 3, 1), id="a-leap-year-does-not-shorten"),
    ],
)
def test_a_medicare_claim_has_one_calendar_year(service: date, last: date) -> None:
    assert clock_end(standard(ClockKind.FILING, MEDICARE), service) == last


def test_an_appeal_to_medicare_counts_from_presumed_receipt() -> None:
    rule = standard(ClockKind.APPEAL, MEDICARE)
    assert clock_end(rule, date(2026, 1, 1)) == date(2026, 1, 6) + timedelta(days=120)


@pytest.mark.parametrize(("level", "length"), [(1, 125), (2, 185), (3, 65), (4, 65), (5, 65)])
def test_each_level_of_a_medicare_appeal_has_its_own_length(level: int, length: int) -> None:
    rule = standard(ClockKind.APPEAL, ClockSubject("x", "MB", None, level))
    assert (clock_end(rule, date(2026, 1, 1)) - date(2026, 1, 1)).days == length


def test_a_clock_that_ends_on_a_closed_day_is_shown_but_not_extended() -> None:
    saturday = date(2026, 7, 4)
    clock = run_clock(a_rule(days=10), saturday - timedelta(days=10), today=date(2026, 7, 1))
    assert (clock.ends_on, clock.is_closed_day, clock.days_left) == (saturday, True, 3)


def test_a_rule_may_extend_to_the_next_business_day() -> None:
    rule = a_rule(days=10, closed_day=ClosedDay.NEXT_BUSINESS_DAY)
    assert clock_end(rule, date(2026, 6, 23)) == date(2026, 7, 6)  # 3 July is kept as the holiday


def test_business_days_leave_out_weekends_and_holidays() -> None:
    rule = a_rule(days=5, counts_business_days=True)
    assert clock_end(rule, date(2026, 11, 25)) == date(2026, 12, 3)  # Thanksgiving is the 26th


@pytest.mark.parametrize(
    ("today", "is_near", "is_over"),
    [
        (date(2026, 3, 17), False, False),
        (date(2026, 3, 18), True, False),
        (date(2026, 4, 1), True, False),
        (date(2026, 4, 2), True, True),
    ],
)
def test_a_person_is_told_before_the_last_day(today: date, *, is_near: bool, is_over: bool) -> None:
    clock = run_clock(a_rule(days=90, warn_days=14), date(2026, 1, 1), today=today)
    assert (clock.ends_on, clock.is_near, clock.is_over) == (date(2026, 4, 1), is_near, is_over)


def test_an_institutional_claim_counts_from_its_last_day() -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 9)
    assert service_start(a_rule(), ClaimForm.PROFESSIONAL, first, last) == first
    assert service_start(a_rule(), ClaimForm.INSTITUTIONAL, first, last) == last
    assert service_start(a_rule(), ClaimForm.INSTITUTIONAL, first, None) == first


def test_a_contract_may_name_the_day_itself() -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 9)
    through = a_rule(start=StartEvent.SERVICE_THROUGH)
    since = a_rule(start=StartEvent.SERVICE_FROM)
    assert service_start(through, ClaimForm.PROFESSIONAL, first, last) == last
    assert service_start(since, ClaimForm.INSTITUTIONAL, first, last) == first


def test_a_rule_of_the_practice_stands_before_the_standard() -> None:
    own = a_rule(id="own", days=60, payer_keys=frozenset({"blue_heron"}))
    rules = (own, *standard_clocks())
    assert find_clock_rule(rules, ClockKind.FILING, COMMERCIAL) is own
    found = find_clock_rule(rules, ClockKind.FILING, MEDICARE)
    assert found is not None
    assert found.id == "filing.medicare"


@pytest.mark.parametrize("kind", list(ClockKind))
@pytest.mark.parametrize("subject", [MEDICARE, COMMERCIAL], ids=["medicare", "commercial"])
def test_every_kind_has_a_standard_with_its_source(kind: ClockKind, subject: ClockSubject) -> None:
    assert standard(kind, subject).source


def test_a_rule_of_law_that_somebody_compared_says_when() -> None:
    compared = [rule for rule in standard_clocks() if rule.verified_on]
    assert "filing.medicare" in {rule.id for rule in compared}
    assert all(rule.source.startswith("https://www.ecfr.gov/") for rule in compared)


def test_a_clock_needs_one_length() -> None:
    with pytest.raises(ValueError, match="days or months"):
        a_rule(days=None)
    with pytest.raises(ValueError, match="days or months"):
        a_rule(months=1)


def test_a_misspelled_key_is_refused() -> None:
    with pytest.raises(ValueError, match="day_count"):
        read_clocks('[[clock]]\nid = "x"\nday_count = 3\n')


@given(days, st.integers(0, 400), st.integers(0, 30))
def test_no_closed_day_rule_ever_ends_earlier_or_on_a_closed_day(
    start: date, length: int, receipt: int
) -> None:
    plain = clock_end(a_rule(days=length, receipt_days=receipt), start)
    moved = clock_end(
        a_rule(days=length, receipt_days=receipt, closed_day=ClosedDay.NEXT_BUSINESS_DAY), start
    )
    assert (plain - start).days == length + receipt
    assert is_business_day(moved)
    assert 0 <= (moved - plain).days <= 4


@given(days, st.integers(1, 36))
def test_months_never_run_into_the_month_after(start: date, months: int) -> None:
    end = clock_end(a_rule(days=None, months=months), start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day
