"""The clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from revcycle.connectors.clock import now, today_in

TORONTO = ZoneInfo("America/Toronto")


def test_instants_are_in_utc() -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        assert now() == datetime(2026, 3, 1, 12, tzinfo=UTC)
        assert now().tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        pytest.param(
            datetime(2026, 3, 1, 4, 59, tzinfo=UTC), date(2026, 2, 28), id="before-midnight-there"
        ),
        pytest.param(
            datetime(2026, 3, 1, 5, 0, tzinfo=UTC), date(2026, 3, 1), id="at-midnight-there"
        ),
        pytest.param(datetime(2026, 7, 1, 4, 0, tzinfo=UTC), date(2026, 7, 1), id="in-summer-time"),
    ],
)
def test_the_practice_has_its_own_day(instant: datetime, expected: date) -> None:
    with time_machine.travel(instant, tick=False):
        assert today_in(TORONTO) == expected
