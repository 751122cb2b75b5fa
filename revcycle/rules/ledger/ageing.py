"""How old is what is owed?"""

from datetime import date, timedelta
from typing import Final

from models.documents.books import AgeBucket

# The last day of each bucket, counted from the date of service; what is older is in OLDER.
LAST_DAYS: Final = (
    (AgeBucket.DAYS_30, 30),
    (AgeBucket.DAYS_60, 60),
    (AgeBucket.DAYS_90, 90),
    (AgeBucket.DAYS_120, 120),
)


def bucket_starts(as_of: date) -> tuple[tuple[AgeBucket, date], ...]:
    """Return the earliest date of service of each bucket, the youngest bucket first.

    A service of a later day than ``as_of`` is in the youngest bucket.

    Source:
        The usual 30-day buckets of receivables, aged from the date of service.
    """
    return tuple(
        (bucket, as_of - timedelta(days=min(days, as_of.toordinal() - 1)))
        for bucket, days in LAST_DAYS
    )
