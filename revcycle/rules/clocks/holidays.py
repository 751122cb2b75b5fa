"""Which days are business days: no weekend, no federal holiday of the United States."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

MONDAY: Final = 0
THURSDAY: Final = 3
SATURDAY: Final = 5
SUNDAY: Final = 6
ONE_DAY: Final = timedelta(days=1)
JUNETEENTH_SINCE: Final = 2021


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """List the days of a year on which federal offices are closed for a holiday.

    A holiday on a Saturday is kept on the Friday before and one on a Sunday on the Monday after,
    so that 31 December belongs to a year whose next one begins on a Saturday.

    Source:
        5 U.S.C. 6103(a) and (b); Executive Order 11582, section 3(a) for Sundays.
    """
    named = (*_named_days(year), date(year + 1, 1, 1))
    return frozenset(day for day in map(_kept_on, named) if day.year == year)


def is_business_day(day: date) -> bool:
    """Tell whether offices are open."""
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year)


def next_business_day(day: date) -> date:
    """Return the day itself, or the first business day after it."""
    while not is_business_day(day):
        day += ONE_DAY
    return day


def add_business_days(day: date, count: int) -> date:
    """Return the business day that is ``count`` business days after a day."""
    for _ in range(count):
        day = next_business_day(day + ONE_DAY)
    return day


def _named_days(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    yield _nth(year, 1, MONDAY, 3)  # Martin Luther King
    yield _nth(year, 2, MONDAY, 3)  # Washington
    yield _last_monday_of_may(year)  # Memorial Day
    if year >= JUNETEENTH_SINCE:
        yield date(year, 6, 19)
    yield date(year, 7, 4)
    yield _nth(year, 9, MONDAY, 1)  # Labor Day
    yield _nth(year, 10, MONDAY, 2)  # Columbus
    yield date(year, 11, 11)
    yield _nth(year, 11, THURSDAY, 4)  # Thanksgiving
    yield date(year, 12, 25)


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _kept_on(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - ONE_DAY
    return day + ONE_DAY if day.weekday() == SUNDAY else day
