"""When is work due that may wait so many hours, or until a day?

Both are counted in the office hours of the practice; the holidays are those of the clocks.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Final

from models.documents.office_hours import OfficeHours
from revcycle.rules.clocks.holidays import federal_holidays

SERVICE_DAY_HOURS: Final = 24  # so many service hours are one working day
ONE_DAY: Final = timedelta(days=1)
Span = tuple[datetime, datetime]


def due_after(office: OfficeHours, at: datetime, service_hours: int) -> datetime:
    """Return when work that came at an instant is due, in UTC and within office hours.

    Every 24 service hours are one working day: the same time of the next day on which the office
    is open. Hours beyond full days run only while it is open, and never longer than one more
    working day. Work that comes while the office is closed counts from the next opening.

    Source:
        What ``queues.service_hours`` means, docs/reference/client-file.md; turnarounds are agreed
        on as business days ("24 business hours" is the next one).
    """
    days, hours = divmod(service_hours, SERVICE_DAY_HOURS)
    spans = _spans_from(office, at)
    span = next(spans)
    passed = max(at.astimezone(UTC) - span[0], timedelta(0))
    for _ in range(days):
        span = next(spans)
    if not hours:
        return min(span[0] + passed, span[1])
    return _run(span, spans, passed, timedelta(hours=hours))


def due_by(office: OfficeHours, at: datetime, last_day: date) -> datetime:
    """Return when work is due that came at an instant and must be done on a day at the latest.

    That is when the office closes on that day, or on the last working day before it; where this
    has passed already, the first moment at which somebody could have done it.
    """
    earliest = due_after(office, at, 0)
    first_day = earliest.astimezone(office.zone()).date()
    for back in range(max((last_day - first_day).days, 0) + 1):
        span = _span(office, last_day - back * ONE_DAY)
        if span is not None:
            return max(span[1], earliest)
    return earliest


def is_open_on(office: OfficeHours, day: date) -> bool:
    """Tell whether anybody works on a day."""
    is_holiday = office.keeps_federal_holidays and day in federal_holidays(day.year)
    return office.week[day.weekday()] is not None and not is_holiday and day not in office.closed_on


def _run(span: Span, spans: Iterator[Span], passed: timedelta, left: timedelta) -> datetime:
    """Let hours run while the office is open, until as far into the next day as it was."""
    start = min(span[0] + passed, span[1])
    if start + left <= span[1]:
        return start + left
    following = next(spans)
    left -= span[1] - start
    return min(following[0] + min(left, passed), following[1])


def _spans_from(office: OfficeHours, at: datetime) -> Iterator[Span]:
    """Yield when the office is open from an instant on: first the span that holds it or is next."""
    first_day = at.astimezone(office.zone()).date() - ONE_DAY
    spans = (_span(office, first_day + ahead * ONE_DAY) for ahead in count())
    return (span for span in spans if span is not None and span[1] >= at)


def _span(office: OfficeHours, day: date) -> Span | None:
    """Return when the office opens and closes on a day, in UTC, so that spans can be compared."""
    hours = office.week[day.weekday()]
    if hours is None or not is_open_on(office, day):
        return None
    opens, closes = (_instant(office, day, minutes) for minutes in hours)
    return (opens, closes) if opens < closes else None  # none where a clock skips the hour


def _instant(office: OfficeHours, day: date, minutes: int) -> datetime:
    """Return an instant by the practice's clock; 24:00 is the next day's midnight."""
    later, minute_of_day = divmod(minutes, 24 * 60)
    hour, minute = divmod(minute_of_day, 60)
    local = day + later * ONE_DAY
    return datetime(
        local.year, local.month, local.day, hour, minute, tzinfo=office.zone()
    ).astimezone(UTC)
