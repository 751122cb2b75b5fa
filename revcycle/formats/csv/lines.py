"""Rows as CSV that a spreadsheet opens as text: no cell of it is ever a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

# What makes a spreadsheet compute, or what hides such a sign behind a blank that it drops.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


def neutralize(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would compute; leave others alone.

    Source:
        OWASP, "CSV Injection": cells beginning with = + - @, tab or carriage return. The full-width
        forms of these signs count for the same in some spreadsheets.
    """
    begins = cell.lstrip(" \u00a0").translate(FULL_WIDTH)
    return f"'{cell}" if begins.startswith(FORMULA_SIGNS) else cell


FULL_WIDTH: Final = str.maketrans("\uff1d\uff0b\uff0d\uff20", "=+-@")


def write_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write a header and rows one by one, so that no export is ever held in memory as a whole."""
    yield BYTE_ORDER_MARK + _line(heads)
    for row in rows:
        yield _line([neutralize(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
