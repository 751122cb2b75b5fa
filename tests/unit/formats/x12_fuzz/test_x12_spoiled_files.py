"""Spoiled files: problems are values, never exceptions. ``make fuzz`` does this for an hour."""

import pytest

from tests.fuzz.x12_bytes import read_all, seeds, spoiled

FILES = seeds()


@pytest.mark.parametrize("part", range(6))
def test_no_reader_fails_on_a_spoiled_file(part: int) -> None:
    """A reader that raises, other than that there is no ISA, makes it fail."""
    files = [spoiled(FILES, seed=20261122, number=number) for number in range(part, 150, 6)]
    for data in files:
        read_all(data)
    assert len(set(files)) > len(files) // 2, "the files are really spoiled in different ways"
