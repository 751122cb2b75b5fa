"""Federal holidays, against the dates that the government lists."""

from datetime import date

import pytest

from revcycle.rules.clocks.holidays import (
    add_business_days,
    federal_holidays,
    is_business_day,
    next_business_day,
)

# As the Office of Personnel Management lists them, observed days.
LISTED = {
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2025: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2029: "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
    2030: "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
}


@pytest.mark.parametrize("year", LISTED)
def test_the_holidays_of_a_year(year: int) -> None:
    listed = {date.fromisoformat(f"{year}-{day}") for day in LISTED[year].split()}
    assert federal_holidays(year) == listed


def test_before_2021_the_nineteenth_of_june_was_a_business_day() -> None:
    assert is_business_day(date(2020, 6, 19))
    assert not is_business_day(date(2023, 6, 19))


def test_a_weekend_is_no_business_day() -> None:
    assert not is_business_day(date(2026, 11, 21))
    assert next_business_day(date(2026, 11, 21)) == date(2026, 11, 23)
    assert next_business_day(date(2026, 11, 23)) == date(2026, 11, 23)


def test_business_days_over_new_year() -> None:
    assert add_business_days(date(2027, 12, 30), 1) == date(2028, 1, 3)
    assert add_business_days(date(2027, 12, 30), 0) == date(2027, 12, 30)
