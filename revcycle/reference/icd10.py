"""Is an ICD-10-CM code billable on a date of service?

The table ``icd10cm_validity.csv.gz`` beside this module lists each billable code without its dot
and the days on which it is in force. ``derive_icd10_validity`` makes it; its docstring names the
source and the edition. It is read once, at the first question.
"""

import csv
import gzip
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import groupby, islice, takewhile
from operator import itemgetter
from typing import Final

KNOWN_FROM: Final = date(2015, 10, 1)  # the first day of ICD-10-CM in the United States
KNOWN_THROUGH: Final = date(2027, 3, 31)  # the last day that the shipped edition speaks of

Period = tuple[date, date]  # first and last day, both included


def is_valid_icd10(code: str, on: date) -> bool:
    """Tell whether ``code`` may be billed for a service on a day.

    Headers such as E11 are not billable and not in the table. A day after ``KNOWN_THROUGH`` is
    judged by the last day that is known, so that the end of an edition does not hold every claim.

    Args:
        code: Upper case, without the dot, as claims carry it: ``E119``.
        on: The date of service; for an inpatient stay, the day of discharge.

    Source:
        CMS and CDC, ICD-10-CM Official Guidelines, section I.B.2 (highest level of detail); code
        dates of the CMS Medicare Code Editor, version 44.
    """
    day = min(on, KNOWN_THROUGH)
    return any(first <= day <= last for first, last in _periods().get(code, ()))


def list_icd10_periods(code: str) -> tuple[Period, ...]:
    """List the periods in which a code is billable, oldest first; empty for an unknown code."""
    return _periods().get(code, ())


def list_icd10_codes(on: date) -> tuple[str, ...]:
    """List every code that is billable on a day, in order."""
    day = min(on, KNOWN_THROUGH)
    return tuple(
        code
        for code, periods in _periods().items()
        if any(first <= day <= last for first, last in periods)
    )


def find_icd10_detail(beginning: str, on: date) -> str:
    """Find the first code that says more than a heading and is billable on a day; else empty.

    Args:
        beginning: The heading without the dot, such as ``E11``.
        on: The date of service.
    """
    return next(iter(list_icd10_below(beginning, on)), "")


def list_icd10_below(beginning: str, on: date) -> Iterator[str]:
    """List the codes under a heading that are billable on a day, in order.

    Args:
        beginning: The heading without the dot, such as ``E11``.
        on: The date of service.
    """
    codes = _sorted_codes()
    following = islice(codes, bisect_left(codes, beginning), None)
    below = takewhile(lambda code: code.startswith(beginning), following)
    return (code for code in below if is_valid_icd10(code, on))


@cache
def _sorted_codes() -> tuple[str, ...]:
    return tuple(sorted(_periods()))


def all_icd10_periods() -> Mapping[str, tuple[Period, ...]]:
    """Map every code there ever was to its periods, oldest first."""
    return _periods()


@cache
def _periods() -> Mapping[str, tuple[Period, ...]]:
    """Read the table: 76 thousand rows, about a fifth of a second, once per process."""
    packed = files("revcycle.reference").joinpath("icd10cm_validity.csv.gz").read_bytes()
    rows = csv.reader(gzip.decompress(packed).decode("ascii").splitlines()[1:])
    return {
        code: tuple((_day(first), _day(last)) for _, first, last in group)
        for code, group in groupby(rows, key=itemgetter(0))
    }


@cache
def _day(text: str) -> date:
    """Read YYYYMMDD; only a few dozen days differ, so each is made once."""
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
