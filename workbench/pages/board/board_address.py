"""Which practice and which days the board shows, as they stand in its address."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Query
from pydantic import AfterValidator

from revcycle.store.practice_days import Period
from workbench.pages.access import CurrentVisitor
from workbench.pages.form_texts import without_controls
from workbench.pages.practices import Practice, choose_practices, list_practices

DAYS_AT_FIRST: Final = 14
DAYS_MAX: Final = 92  # a quarter; a longer period is cut at its beginning, and the page says which
DAY_CHOICES: Final = (7, 14, 31, 92)
ShortText = Annotated[str, Query(max_length=80), AfterValidator(without_controls)]


@dataclass(frozen=True, slots=True)
class BoardView:
    """What the board is asked for.

    Attributes:
        client: Key of the one practice; empty: all that the person sees.
        practices: All that the person sees, by name.
        chosen: Those that are shown.
        period: Days of each practice in its own time zone, both ends included.
        today: The latest day that any shown practice has now.
    """

    client: str
    practices: list[Practice]
    chosen: list[Practice]
    period: Period
    today: date

    @property
    def client_ids(self) -> list[UUID]:
        """The shown practices, for queries."""
        return [practice.id for practice in self.chosen]

    @property
    def time_zone(self) -> str:
        """In which zone instants are written: the practice's if there is one."""
        return self.chosen[0].time_zone if len(self.chosen) == 1 else "UTC"

    def practice(self, client_id: UUID) -> Practice:
        """Return a shown practice."""
        return next(practice for practice in self.chosen if practice.id == client_id)

    def query(self, **parts: object) -> str:
        """Write the part of an address after the question mark: this view and more."""
        own = {
            "client": self.client,
            "since": self.period.first.isoformat(),
            "until": self.period.last.isoformat(),
        }
        return urlencode({name: value for name, value in (own | parts).items() if value})

    def of_last_days(self, days: int) -> str:
        """Write the same view of the last days up to today."""
        return self.query(since=(self.today - timedelta(days=days - 1)).isoformat(), until="")


def read_view(
    visitor: CurrentVisitor,
    client: ShortText = "",
    since: date | None = None,
    until: date | None = None,
) -> BoardView:
    """Read which practice and which days are asked for.

    Raises:
        NotFoundError: this person sees no such practice.
    """
    practices = list_practices(visitor)
    chosen = choose_practices(practices, client)
    zones = {practice.time_zone for practice in chosen} or {"UTC"}
    today = max(visitor.site.now().astimezone(ZoneInfo(zone)).date() for zone in zones)
    return BoardView(client, practices, chosen, _period(since, until, today), today)


def _period(since: date | None, until: date | None, today: date) -> Period:
    last = min(until or today, today)
    first = since or last - timedelta(days=DAYS_AT_FIRST - 1)
    earliest = last - timedelta(days=min(DAYS_MAX, last.toordinal()) - 1)
    return Period(max(min(first, last), earliest), last)


CurrentBoard = Annotated[BoardView, Depends(read_view)]
