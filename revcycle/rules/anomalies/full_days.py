"""Days with more services by the clock than hours."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from models.documents.coding_mix import FullDay, TimedLines
from revcycle.rules.coding.therapy_time import MINUTES_A_UNIT, MINUTES_OF_LAST_UNIT

CRITICAL_CARE: Final = ("99291", "99292")
CRITICAL_CARE_MINUTES: Final = 30  # the first unit from 30 minutes on, each further one 30 more
DAY_MINUTES: Final = 24 * 60
LONG_DAY_MINUTES: Final = 16 * 60


def minutes_at_least(lines: TimedLines) -> int:
    """Count the minutes that an encounter's units need at the very least.

    n units of treatment by the clock need 15 x (n - 1) + 8 minutes; parts of units are let go.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 5, section 20.2.C (treatments) and chapter
        12, section 30.6.12 (critical care).
    """
    units = int(lines.treatment_units)
    treatments = MINUTES_A_UNIT * (units - 1) + MINUTES_OF_LAST_UNIT if units else 0
    return treatments + CRITICAL_CARE_MINUTES * int(lines.critical_care_units)


def find_full_days(lines: Iterable[TimedLines]) -> list[FullDay]:
    """Find days of over 16 hours, and say which are over 24; the fullest first.

    Source:
        A day has 24 hours. 16 is a house rule: such a day happens, but is worth a look.
    """
    days: defaultdict[tuple[object, object], list[TimedLines]] = defaultdict(list)
    for one in lines:
        days[one.provider_id, one.day].append(one)
    found = [_picture(each) for each in days.values()]
    full = [one for one in found if one.minutes > LONG_DAY_MINUTES]
    return sorted(full, key=lambda one: (-one.minutes, one.day, one.provider_id))


def _picture(lines: list[TimedLines]) -> FullDay:
    encounters = tuple((one.encounter_id, minutes_at_least(one)) for one in lines)
    minutes = sum(each for _, each in encounters)
    return FullDay(lines[0].provider_id, lines[0].day, minutes, minutes > DAY_MINUTES, encounters)
