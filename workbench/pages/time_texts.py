"""How instants and spans of time look on a page."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MINUTES_OF_HOUR = 60
HOURS_OF_DAY = 24
HOURS_SHOWN_BELOW_DAYS = 7  # from a week on, hours tell nobody anything


def to_age_text(span: timedelta) -> str:
    """Write a span as ``5 min``, ``3 h 20 min``, ``2 d 4 h`` or ``12 d``; never negative."""
    minutes_all = max(0, int(span.total_seconds() // 60))
    hours_all, minutes = divmod(minutes_all, MINUTES_OF_HOUR)
    days, hours = divmod(hours_all, HOURS_OF_DAY)
    if days >= HOURS_SHOWN_BELOW_DAYS or (days and not hours):
        return f"{days} d"
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def to_instant_text(at: datetime, time_zone: str = "UTC") -> str:
    """Write an instant as ``Nov 20, 2026, 12:05 PM EST``, in the zone of a practice."""
    local = at.astimezone(ZoneInfo(time_zone))
    hour = local.hour % 12 or 12
    return f"{local:%b} {local.day}, {local.year}, {hour}:{local:%M %p %Z}"
