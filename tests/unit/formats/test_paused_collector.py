"""While a file is read nobody searches for cycles; afterwards all is as it was."""

import gc

import pytest

from revcycle.formats.x12.collector import collector_paused


def test_the_search_stops_for_the_file_and_goes_on_after_it() -> None:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            pass
        assert not gc.isenabled()  # the inner file ends, the outer one does not
    assert gc.isenabled()


def test_a_file_that_cannot_be_read_starts_the_search_again() -> None:
    with pytest.raises(ValueError, match="invalid literal"), collector_paused():
        int("not a number")
    assert gc.isenabled()


def test_what_a_program_froze_does_not_come_loose() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    for _ in range(2):
        with collector_paused():
            pass
        assert gc.get_freeze_count() >= frozen * 0.99 > 0  # what nobody needs any more is freed
