"""Exports that spreadsheets open."""

import csv
import io

import pytest

from revcycle.formats.csv.lines import neutralize, write_lines


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-20.00", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"],
)
def test_a_cell_that_a_spreadsheet_would_compute_becomes_text(cell: str) -> None:
    assert neutralize(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ada", "1 = 1", "a@b.example", "$20.00"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutralize(cell) == cell


def test_rows_are_read_back_as_they_were() -> None:
    rows = [["a,b", 'say "x"'], ["line\nbreak", ""]]
    text = "".join(write_lines(["first", "second"], rows))
    assert text.startswith("\ufefffirst,second\r\n")
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == [["first", "second"], *rows]


def test_rows_are_written_one_at_a_time() -> None:
    lines = write_lines(["n"], ([str(number)] for number in range(3)))
    assert [next(lines), next(lines)] == ["\ufeffn\r\n", "0\r\n"]
