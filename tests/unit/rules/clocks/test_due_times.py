"""When work is due, by the office hours of the practice."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.office_hours import MINUTES_A_DAY, OfficeHours
from revcycle.rules.clocks.due_times import due_after, due_by, is_open_on

CHICAGO = ZoneInfo("America/Chicago")
USUAL = OfficeHours("America/Chicago")
ROUND_THE_CLOCK = OfficeHours(
    "America/Chicago", ((0, MINUTES_A_DAY),) * 7, keeps_federal_holidays=False
)
SHORT_FRIDAY = OfficeHours(
    "America/Chicago", ((480, 1020),) * 4 + ((480, 720), None, None), closed_on=frozenset()
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """Return an instant of November 2026 (the 2nd is a Monday) by the practice's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("came", "hours", "due"),
    [
        pytest.param(at(2, 10), 24, at(3, 10), id="24-hours-are-the-next-working-day"),
        pytest.param(at(5, 10), 48, at(9, 10), id="48-hours-go-over-the-weekend"),
        pytest.param(at(6, 16), 4, at(9, 11), id="four-hours-on-friday-afternoon-end-on-monday"),
        pytest.param(at(2, 10), 4, at(2, 14), id="four-hours-in-the-morning-end-the-same-day"),
        pytest.param(at(2, 13), 4, at(2, 17), id="closing-time-itself-counts"),
        pytest.param(at(2, 10), 20, at(3, 10), id="part-of-a-day-is-never-longer-than-a-day"),
        pytest.param(at(7, 12), 24, at(10, 8), id="saturday-counts-from-monday-morning"),
        pytest.param(at(2, 6, 30), 24, at(3, 8), id="before-opening-counts-from-opening"),
        pytest.param(at(2, 21), 24, at(4, 8), id="in-the-evening-counts-from-the-next-opening"),
        pytest.param(at(10, 15), 24, at(12, 15), id="veterans-day-is-left-out"),
        pytest.param(at(2, 10), 72, at(5, 10), id="a-query-is-due-after-three-working-days"),
    ],
)
def test_service_hours_run_by_the_office(came: datetime, hours: int, due: datetime) -> None:
    assert due_after(USUAL, came, hours) == due


def test_the_practices_own_day_off_is_left_out() -> None:
    away = OfficeHours("America/Chicago", closed_on=frozenset({date(2026, 11, 3)}))
    assert due_after(away, at(2, 10), 24) == at(4, 10)
    assert not is_open_on(away, date(2026, 11, 3))


def test_a_practice_that_keeps_no_holiday_works_on_veterans_day() -> None:
    open_then = OfficeHours("America/Chicago", keeps_federal_holidays=False)
    assert due_after(open_then, at(10, 15), 24) == at(11, 15)


def test_work_is_due_at_closing_where_the_next_day_closes_earlier() -> None:
    assert due_after(SHORT_FRIDAY, at(5, 16), 24) == at(6, 12)
    assert due_after(SHORT_FRIDAY, at(5, 16), 2) == at(6, 9)


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_the_time_of_day_stays_when_the_clock_is_changed(day: date) -> None:
    friday = datetime(day.year, day.month, day.day, 10, tzinfo=CHICAGO) - timedelta(days=2)
    due = due_after(USUAL, friday, 24).astimezone(CHICAGO)
    assert (due.date() - day, due.hour) == (timedelta(days=1), 10)


def test_an_hour_that_a_clock_skips_is_no_office_hour() -> None:
    night = OfficeHours("America/Chicago", (None,) * 6 + ((120, 180),))
    assert due_after(night, datetime(2026, 3, 2, 12, tzinfo=CHICAGO), 0) == datetime(
        2026, 3, 15, 2, tzinfo=CHICAGO
    )


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        pytest.param(date(2026, 11, 5), at(5, 17), id="when-the-office-closes-on-that-day"),
        pytest.param(date(2026, 11, 8), at(6, 17), id="before-a-weekend-the-last-working-day"),
        pytest.param(date(2026, 11, 11), at(10, 17), id="before-a-holiday-too"),
        pytest.param(date(2026, 11, 2), at(2, 17), id="on-the-day-itself"),
        pytest.param(date(2026, 10, 30), at(2, 10), id="a-day-that-is-past-is-now"),
    ],
)
def test_a_last_day_ends_when_the_office_closes(last_day: date, due: datetime) -> None:
    assert due_by(USUAL, at(2, 10), last_day) == due


def test_a_deadline_within_a_weekend_that_came_on_it_is_the_next_opening() -> None:
    assert due_by(USUAL, at(7, 12), date(2026, 11, 8)) == at(9, 8)


spans = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda one: one[0] < one[1])
offices = st.builds(
    OfficeHours,
    st.sampled_from(["America/Chicago", "America/St_Johns", "Australia/Lord_Howe", "UTC"]),
    st.tuples(*[st.one_of(st.none(), spans)] * 7).filter(any),
    st.booleans(),
    st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5),
)
instants = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    datetime(2027, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
near_changes = st.builds(
    lambda day, minutes: datetime(2026, day[0], day[1], tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from([(3, 7), (10, 31), (4, 4), (10, 3)]),
    st.integers(0, 3 * 1440),
)
moments = st.one_of(instants, near_changes)
hours_of_service = st.integers(0, 150)


@given(offices, moments, hours_of_service)
def test_nothing_is_ever_due_while_the_office_is_closed(
    office: OfficeHours, came: datetime, hours: int
) -> None:
    due = due_after(office, came, hours)
    assert due >= came
    assert due_after(office, due, 0) == due


@given(offices, moments, st.integers(0, 4000), hours_of_service)
def test_what_comes_later_is_never_due_earlier(
    office: OfficeHours, came: datetime, minutes: int, hours: int
) -> None:
    later = came + timedelta(minutes=minutes)
    assert due_after(office, came, hours) <= due_after(office, later, hours)


@given(offices, moments, hours_of_service, st.integers(0, 60))
def test_more_hours_are_never_due_earlier(
    office: OfficeHours, came: datetime, hours: int, more: int
) -> None:
    assert due_after(office, came, hours) <= due_after(office, came, hours + more)


@given(offices, moments)
def test_no_hours_at_all_are_due_at_once_or_when_the_office_opens(
    office: OfficeHours, came: datetime
) -> None:
    start = due_after(office, came, 0)
    opened = start.astimezone(office.zone())
    assert is_open_on(office, opened.date()) or (opened.hour, opened.minute) == (0, 0)
    assert due_after(office, start, 0) == start


@given(
    st.integers(0, 180 * 1440).map(lambda minutes: at(1, 0, month=4) + timedelta(minutes=minutes)),
    hours_of_service,
)
def test_an_office_that_never_closes_counts_plain_hours(came: datetime, hours: int) -> None:
    assert due_after(ROUND_THE_CLOCK, came, hours) == came + timedelta(hours=hours)


@given(offices, moments, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_last_day_is_kept_or_was_over_before_the_work_came(
    office: OfficeHours, came: datetime, last_day: date
) -> None:
    due = due_by(office, came, last_day)
    earliest = due_after(office, came, 0)
    end = datetime(last_day.year, last_day.month, last_day.day, tzinfo=office.zone()) + timedelta(1)
    assert earliest <= due
    assert due <= end or due == earliest


@given(offices)
def test_the_hours_of_an_office_are_read_as_they_were_written(office: OfficeHours) -> None:
    assert OfficeHours.from_text(office.to_text(), office.time_zone) == office
    assert OfficeHours.from_text("", office.time_zone) == OfficeHours(office.time_zone)
