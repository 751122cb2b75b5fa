"""read_timed_minutes: what a therapist's note says of its minutes. Notes here are invented."""

import pytest

from revcycle.rules.coding.timed_minutes import read_timed_minutes


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [
        pytest.param(["Total timed code treatment minutes: 38"], 38, id="as-the-manual-says"),
        pytest.param(["TOTAL TIMED MINUTES 23. Total treatment time: 40"], 23, id="capitals"),
        pytest.param(["timed treatment time = 53 min"], 53, id="time"),
        pytest.param(["Total treatment time: 40 minutes"], None, id="untimed-ones-count-in-it"),
        pytest.param(["Timed: 3 units"], None, id="units-are-no-minutes"),
        pytest.param(["Walked 20 minutes at home."], None, id="other-minutes"),
        pytest.param(["timed minutes: 23", "timed minutes: 38"], None, id="two-that-differ"),
        pytest.param(["timed minutes: 23", "addendum: timed minutes: 23"], 23, id="said-twice"),
        pytest.param([], None, id="no-note"),
    ],
)
def test_minutes_of_a_note(texts: list[str], minutes: int | None) -> None:
    assert read_timed_minutes(texts) == minutes
