"""Days as CMS and others write them."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

NONE: Final = ("", "*", "00000000", "99999999")
LENGTH: Final = 8
DAY_OF_YEAR_LENGTH: Final = 7
DIFFERENT_DAYS: Final = 4_096  # a file of millions of lines has a few hundred


@lru_cache(DIFFERENT_DAYS)
def to_day(text: str) -> date:
    """Read YYYYMMDD.

    Raises:
        ValueError: it is not written so, or there is no such day.
    """
    if len(text) != LENGTH or not text.isascii() or not text.isdigit():
        msg = "not written as YYYYMMDD"
        raise ValueError(msg)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


@lru_cache(DIFFERENT_DAYS)
def to_day_of_year(text: str) -> date:
    """Read YYYYDDD, a year and the number of the day in it, as the file of add-on codes has it.

    Raises:
        ValueError: it is not written so, or the year has no such day.
    """
    if len(text) != DAY_OF_YEAR_LENGTH or not text.isascii() or not text.isdigit():
        msg = "not written as YYYYDDD"
        raise ValueError(msg)
    first = date(int(text[:4]), 1, 1)
    day = first + timedelta(days=int(text[4:]) - 1)
    if day.year != first.year:
        msg = "no such day in that year"
        raise ValueError(msg)
    return day


@lru_cache(DIFFERENT_DAYS)
def to_written_day(text: str) -> date:
    """Read YYYY-MM-DD, YYYYMMDD or the American MM/DD/YYYY.

    Raises:
        ValueError: it is none of them, or there is no such day.
    """
    if "-" in text:
        return date.fromisoformat(text)
    if "/" in text:
        month, day, year = map(int, text.split("/"))
        return date(year, month, day)
    return to_day(text)


def to_last_day(text: str) -> date | None:
    """Read the last day in force; None for what has no end, which is empty or an asterisk.

    Raises:
        ValueError: it is not written so, or there is no such day.
    """
    return None if text in NONE else to_day(text)
