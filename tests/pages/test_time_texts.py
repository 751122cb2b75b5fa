"""How spans and instants are written."""

from datetime import UTC, datetime, timedelta

import pytest

from workbench.pages.time_texts import to_age_text, to_instant_text


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        pytest.param(-5, "0 min", id="a-clock-that-is-behind"),
        pytest.param(59, "59 min", id="below-an-hour"),
        pytest.param(60, "1 h", id="an-hour"),
        pytest.param(61, "1 h 1 min", id="over-an-hour"),
        pytest.param(24 * 60 + 59, "1 d", id="a-day-and-minutes"),
        pytest.param(25 * 60, "1 d 1 h", id="over-a-day"),
        pytest.param(7 * 24 * 60 + 300, "7 d", id="from-a-week-on-no-hours"),
    ],
)
def test_a_span_is_written_in_two_units_at_most(minutes: int, expected: str) -> None:
    assert to_age_text(timedelta(minutes=minutes)) == expected


@pytest.mark.parametrize(
    ("hour_utc", "expected"),
    [
        pytest.param(5, "Nov 20, 2026, 12:30 AM EST", id="after-midnight"),
        pytest.param(17, "Nov 20, 2026, 12:30 PM EST", id="after-noon"),
        pytest.param(3, "Nov 19, 2026, 10:30 PM EST", id="still-the-day-before"),
    ],
)
def test_an_instant_is_written_in_the_practices_zone(hour_utc: int, expected: str) -> None:
    at = datetime(2026, 11, 20, hour_utc, 30, tzinfo=UTC)
    assert to_instant_text(at, "America/New_York") == expected
