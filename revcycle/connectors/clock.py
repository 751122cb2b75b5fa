"""The clock: the one place that asks what time it is. Everyone else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Tell the instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this module is the exception the rule points to


def today_in(zone: ZoneInfo) -> date:
    """Tell the practice's day, which is not the server's day around midnight."""
    return now().astimezone(zone).date()
