"""When a practice's office is open: what service hours are counted in."""

import json
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

MINUTES_A_DAY: Final = 24 * 60
WORKDAY: Final = (8 * 60, 17 * 60)
USUAL_WEEK: Final = (WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, None, None)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The working days and hours of one practice, in its own time zone.

    Attributes:
        time_zone: IANA name.
        week: For Monday to Sunday the minutes after midnight at which the office opens and
            closes; None where it is closed. At least one day is open.
        keeps_federal_holidays: Whether it is closed on the federal holidays.
        closed_on: Its own days off.
    """

    time_zone: str
    week: tuple[tuple[int, int] | None, ...] = USUAL_WEEK
    keeps_federal_holidays: bool = True
    closed_on: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a week that is never open or has not seven days, and hours that run backwards."""
        hours = [day for day in self.week if day is not None]
        fits = all(0 <= opens < closes <= MINUTES_A_DAY for opens, closes in hours)
        if len(self.week) != len(USUAL_WEEK) or not hours or not fits:
            msg = "an office has seven days, is open on one at least, and opens before it closes"
            raise ValueError(msg)

    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return ZoneInfo(self.time_zone)

    def to_text(self) -> str:
        """Write all but the time zone as one text, for the practice's row."""
        return json.dumps(
            {
                "week": self.week,
                "keeps_federal_holidays": self.keeps_federal_holidays,
                "closed_on": sorted(day.isoformat() for day in self.closed_on),
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_text(cls, text: str, time_zone: str) -> Self:
        """Read what ``to_text`` wrote; an empty text is the usual week."""
        if not text:
            return cls(time_zone)
        told: dict[str, Any] = json.loads(text)
        return cls(
            time_zone,
            tuple(None if day is None else (day[0], day[1]) for day in told["week"]),
            told["keeps_federal_holidays"],
            frozenset(date.fromisoformat(day) for day in told["closed_on"]),
        )


def read_hours(text: str) -> tuple[int, int] | None:
    """Read ``08:00-17:00`` as minutes after midnight; ``closed`` is None.

    Raises:
        ValueError: the office would close before it opens.
    """
    if text == "closed":
        return None
    opens, closes = (_minutes(part) for part in text.split("-"))
    if opens >= closes:
        msg = 'an office opens before it closes, such as "08:00-17:00"'
        raise ValueError(msg)
    return opens, closes


def _minutes(text: str) -> int:
    if text == "24:00":
        return MINUTES_A_DAY
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute
