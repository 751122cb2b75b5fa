"""Do the units of treatments by the clock fit the minutes of the record?"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.visits import TIMED_TREATMENTS, UNTIMED_TREATMENTS
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.therapy_time"
MINUTES_A_UNIT: Final = 15
MINUTES_OF_LAST_UNIT: Final = 8  # more than half of a unit counts as one
UNITS_A_DAY: Final = 24 * 60 // MINUTES_A_UNIT


def units_of_minutes(minutes: int) -> int:
    """Count the units that minutes of treatment by the clock make, over all codes of a day.

    Eight minutes make one unit, 23 two, 38 three, and so on.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 5, section 20.2.C.
    """
    return (max(minutes, 0) + MINUTES_A_UNIT - MINUTES_OF_LAST_UNIT) // MINUTES_A_UNIT


def check_therapy_time(case: CodingCase) -> tuple[Finding, ...]:
    """Report parts of units, more units than the minutes make, and several of an untimed code.

    The minutes are the "total timed code treatment minutes" of the note. Without them only the
    hours of a day are a limit.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 5, sections 20.2 and 20.3; Medicare Benefit
        Policy Manual, chapter 15, section 220.3.E (minutes that a note must have).
    """
    lines = list_services(case)
    timed = [line for line in lines if line.code in TIMED_TREATMENTS]
    return (
        *(finding for line in lines for finding in _judge_line(line)),
        *(finding for day in _days(timed) for finding in _judge_day(case, timed, day)),
    )


def _judge_line(line: ServiceLine) -> Iterator[Finding]:
    units = line.service.units
    if line.code in UNTIMED_TREATMENTS and units > 1:
        words = f"{line.code} is not billed by the clock: one unit a day"
        yield Finding(RULE_ID, Severity.ERROR, line.field("units"), words)
    elif line.code in TIMED_TREATMENTS and units != units.to_integral_value():
        words = "whole units of 15 minutes; the rest is rounded over all treatments of the day"
        yield Finding(RULE_ID, Severity.ERROR, line.field("units"), words)


def _days(lines: list[ServiceLine]) -> list[date]:
    return sorted({line.day for line in lines})


def _judge_day(case: CodingCase, timed: list[ServiceLine], day: date) -> Iterator[Finding]:
    on_day = [line for line in timed if line.day == day]
    units = sum((line.service.units for line in on_day), Decimal(0))
    minutes = case.chart.timed_minutes if day == case.service_date else None
    allowed = UNITS_A_DAY if minutes is None else units_of_minutes(minutes)
    field = on_day[0].field("units")
    if units > allowed:
        reason = "a day has" if minutes is None else f"{minutes} minutes in the note make"
        message = f"{units.normalize():f} units by the clock, but {reason} {allowed}: lower them"
        yield Finding(RULE_ID, Severity.ERROR, field, message)
    elif minutes is not None and units < allowed:
        message = f"{minutes} minutes in the note make {allowed} units, {units.normalize():f} stand"
        yield Finding(RULE_ID, Severity.INFO, field, message)
