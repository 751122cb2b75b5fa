"""Adding up what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from revcycle.store.work_lists import PracticeQueueCount


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits, of one queue or of several.

    Attributes:
        open: Items that wait, whether somebody has taken them or not.
        leased: Those of them that somebody works on now.
        overdue: Those of them that are past their due time.
        oldest_at: When the oldest was opened; None when nothing waits.
        oldest_age: How long ago that is.
    """

    open: int
    leased: int
    overdue: int
    oldest_at: datetime | None
    oldest_age: timedelta


def add_up(counts: Iterable[PracticeQueueCount], at: datetime) -> Tally:
    """Add up queues, of one practice or of many, as of ``at``."""
    each = list(counts)
    oldest_at = min((count.oldest_at for count in each), default=None)
    return Tally(
        open=sum(count.open for count in each),
        leased=sum(count.held for count in each),
        overdue=sum(count.overdue for count in each),
        oldest_at=oldest_at,
        oldest_age=at - oldest_at if oldest_at else timedelta(0),
    )
