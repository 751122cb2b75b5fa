"""Calendar months, each named by its first day."""

from datetime import date, timedelta
from typing import Final

DAYS_OF_LONGEST_MONTH: Final = 31


def month_of(day: date) -> date:
    """Return the first day of the month in which a day lies."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return month_of(month_of(month) + timedelta(days=DAYS_OF_LONGEST_MONTH))


def previous_month(month: date) -> date:
    """Return the first day of the month before."""
    return month_of(month_of(month) - timedelta(days=1))


def parse_month(text: str) -> date:
    """Read a month such as ``2026-11``.

    Raises:
        ValueError: the text is no month.
    """
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        month = None
    if month is None or to_month_text(month) != text:
        msg = "a month is written as year and month, such as 2026-11"
        raise ValueError(msg)
    return month


def to_month_text(month: date) -> str:
    """Write a month such as ``2026-11``."""
    return f"{month:%Y-%m}"
