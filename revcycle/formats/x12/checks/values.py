"""Elements as numbers and days, or ``None``: a form that is wrong is the guide check's business."""

from datetime import date
from functools import lru_cache

from models.values.money import PLAIN_NUMBER

MONEY_PLACES = 2
DAY_LENGTH = 8


@lru_cache(maxsize=65_536)  # prices repeat, within a file and over files
def cents(text: str) -> int | None:
    """Read an amount in whole cents; ``None`` for anything else.

    >>> cents("12.5"), cents("-.5"), cents("1.005"), cents("")
    (1250, -50, None, None)
    """
    if not PLAIN_NUMBER.fullmatch(text) or text[0] == "+":
        return None
    whole, _, fraction = text.lstrip("-").partition(".")
    if len(fraction.rstrip("0")) > MONEY_PLACES:
        return None
    amount = int(whole or "0") * 100 + int((fraction + "00")[:MONEY_PLACES])
    return -amount if text[0] == "-" else amount


def money(amount: int) -> str:
    """Write cents with two decimals.

    >>> money(-1205)
    '-12.05'
    """
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


@lru_cache(maxsize=4096)
def to_day(text: str) -> date | None:
    """Read eight digits as a day of the calendar; ``None`` for anything else."""
    if len(text) != DAY_LENGTH or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def to_days(text: str) -> tuple[date, date] | None:
    """Read a D8 day or RD8 period, or a DT moment by its day; ``None`` for anything else."""
    first, separator, last = text.partition("-")
    start = to_day(first[:DAY_LENGTH])
    end = to_day(last[:DAY_LENGTH]) if separator else start
    return None if start is None or end is None else (start, end)
