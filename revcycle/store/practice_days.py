"""Days as practices live them: each from midnight to midnight in the practice's own time zone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, ColumnElement, String, column, values
from sqlalchemy import select as select_columns
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from models.tables import Client

INSTANT: Final = UTCDateTime()


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every day of it, in order."""
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(count)]

    def each_day(self) -> list["Period"]:
        """Every day of it, as a period of its own."""
        return [Period(day, day) for day in self.days]

    def bounds(self, time_zone: str) -> tuple[datetime, datetime]:
        """Return the instants between which it lies in a time zone; the second is outside."""
        zone = ZoneInfo(time_zone)
        end = self.last + timedelta(days=1)
        return (
            datetime.combine(self.first, time(), zone).astimezone(UTC),
            datetime.combine(end, time(), zone).astimezone(UTC),
        )


FOREVER: Final = timedelta(days=36_500)


def since(day: date) -> Period:
    """Return the period from a day on."""
    return Period(day, day + FOREVER)


def spans_of(
    session: Session, client_ids: Collection[UUID], periods: Sequence[Period], name: str = "spans"
) -> CTE:
    """Make a table of periods as instants: time zone, first day as text, begin and end.

    Practices share few time zones, so that the table is short however many practices there are.
    """
    zones = session.execute(
        select_columns(col(Client.time_zone)).where(col(Client.id).in_(client_ids)).distinct()
    ).scalars()
    rows = [
        (zone, period.first.isoformat(), *period.bounds(zone))
        for zone in sorted(zones) or ["UTC"]
        for period in periods
    ]
    columns = (
        column("zone", String()),
        column("day", String()),
        column("starts_at", INSTANT),
        column("ends_at", INSTANT),
    )
    return values(*columns, name=f"{name}_rows").data(rows).cte(name)


def is_within(
    spans: CTE, client_column: Any, instant: Any, client_ids: Collection[UUID]
) -> list[ColumnElement[bool]]:
    """Say that an instant of a practice lies in a span of its time zone."""
    return [
        col(Client.id).in_(client_ids),
        col(Client.time_zone) == spans.c.zone,
        client_column == col(Client.id),
        instant >= spans.c.starts_at,
        instant < spans.c.ends_at,
    ]
