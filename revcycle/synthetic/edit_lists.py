"""Invented lists of edits, so that a demonstration without licensed lists meets some.

No row of a public list stands here: a tray is never paid beside any service of the invented
visits, and none of them has more than a few units on a day.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from revcycle.synthetic.cardiology_visits import CARDIOLOGY_VISITS
from revcycle.synthetic.family_visits import FAMILY_VISITS
from revcycle.synthetic.hospital_visits import HOSPITAL_VISITS

TRAY: Final = "A4550"
UNITS_MAX: Final = 4
SINCE: Final = date(2026, 1, 1)
NEVER_TOGETHER: Final = 0
BY_DAY: Final = 2
WHY: Final = "invented for the demo"


def invented_pairs() -> Iterator[tuple[str, str, date, date | None, int]]:
    """List pairs in the order of their key: columns, first and last day, indicator."""
    return ((code, TRAY, SINCE, None, NEVER_TOGETHER) for code in _codes())


def invented_limits() -> Iterator[tuple[str, int, int, str]]:
    """List limits in the order of their codes: units, adjudication indicator, rationale."""
    return ((code, UNITS_MAX, BY_DAY, WHY) for code in _codes())


def _codes() -> list[str]:
    visits = (*FAMILY_VISITS, *CARDIOLOGY_VISITS, *HOSPITAL_VISITS)
    return sorted({done.code for visit in visits for done in visit.procedures} - {TRAY})
