"""On which day does a clock end?"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from models.documents.claim import ClaimForm
from models.documents.clock import Clock, ClockRule, ClosedDay, StartEvent
from revcycle.rules.clocks.holidays import (
    add_business_days,
    is_business_day,
    next_business_day,
)

MONTHS_A_YEAR: Final = 12


def clock_end(rule: ClockRule, start: date) -> date:
    """Return the last day that still counts; the start itself is day 0.

    A clock that ends on a closed day is not extended unless its rule says so. A year from 29
    February ends on 28 February.

    Source:
        The rule's own; for calendar years 42 CFR 424.44(a) and CMS, Medicare Claims Processing
        Manual, chapter 1, section 70.
    """
    received = start + timedelta(days=rule.receipt_days)
    if rule.months is not None:
        end = add_months(received, rule.months)
    elif rule.counts_business_days:
        end = add_business_days(received, rule.days or 0)
    else:
        end = received + timedelta(days=rule.days or 0)
    return next_business_day(end) if rule.closed_day is ClosedDay.NEXT_BUSINESS_DAY else end


def run_clock(rule: ClockRule, start: date, *, today: date) -> Clock:
    """Read a clock as it stands today."""
    end = clock_end(rule, start)
    return Clock(rule, start, end, (end - today).days, not is_business_day(end))


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it has none such."""
    index = day.month - 1 + months
    year, month = day.year + index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def service_start(rule: ClockRule, form: ClaimForm, first: date, last: date | None = None) -> date:
    """Return the day from which a clock counts that starts with the service.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 1, section 70.1: the "From" date of a
        professional line, the "Through" date of an institutional claim.
    """
    if rule.start is StartEvent.SERVICE_FROM:
        return first
    is_institutional = form is ClaimForm.INSTITUTIONAL
    if rule.start is StartEvent.SERVICE_THROUGH or is_institutional:
        return last or first
    return first
