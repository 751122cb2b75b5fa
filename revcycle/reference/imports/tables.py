"""Lines of a table, whether it is CSV, tab-separated text or a workbook."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from types import MappingProxyType
from typing import Final, TextIO

from openpyxl import load_workbook

from models.errors import RejectedError
from revcycle.reference.imports.files import ReferenceFile

WORKBOOK: Final = ".xlsx"
LINES_TO_LOOK_AT: Final = 20  # for the mark between columns
HEADING_LINES_MAX: Final = 40  # preambles of CMS have a dozen lines
SPACES: Final = re.compile(r"\s+")

Line = tuple[int, list[str]]
Names = Mapping[str, Sequence[str | re.Pattern[str]]]
NO_NAMES: Final[Names] = MappingProxyType({})
MISSING: Final = sys.maxsize  # no line has so many cells


def read_lines(file: ReferenceFile, *, encoding: str) -> Iterator[Line]:
    """Read every line with its number, counted from 1, and its cells.

    The mark between columns is the tab if the first lines have any, else the comma. Cells of a
    workbook are turned into text: days as YYYYMMDD, whole numbers without a point.

    Raises:
        RejectedError: it is not written in ``encoding``, or is no workbook although it says so.
    """
    if file.suffix == WORKBOOK:
        yield from _of_workbook(file)
        return
    with file.open() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        reader = csv.reader(*_with_mark(text))
        try:
            for cells in reader:
                yield reader.line_num, cells
        except (csv.Error, UnicodeDecodeError) as error:
            msg = f"{file.name}, after line {reader.line_num}: this is no text in {encoding}"
            raise RejectedError(msg) from error


def after_heading(
    lines: Iterable[Line], names: Names, file_name: str, optional: Names = NO_NAMES
) -> tuple[dict[str, int], Iterator[Line]]:
    """Find the line that names the columns, and what stands below it.

    Args:
        lines: All lines of the file.
        names: For each column that is needed the names under which it is known, or patterns of
            them, best first; in small letters with single blanks.
        file_name: For the error.
        optional: The same for columns that some files lack; their place is ``MISSING`` then.

    Returns:
        The place of each column, and the lines below.

    Raises:
        RejectedError: none of the first ``HEADING_LINES_MAX`` lines names them all.
    """
    following = iter(lines)
    for _, cells in islice(following, HEADING_LINES_MAX):
        titles = [to_title(cell) for cell in cells]
        places = {column: find_place(titles, known) for column, known in names.items()}
        if min(places.values()) >= 0:
            found = {column: find_place(titles, known) for column, known in optional.items()}
            places |= {column: MISSING if at < 0 else at for column, at in found.items()}
            return places, following
    wanted = ", ".join(names)
    msg = f"{file_name}: no line near its beginning names the columns {wanted}"
    raise RejectedError(msg)


def find_place(titles: Sequence[str], known: Sequence[str | re.Pattern[str]]) -> int:
    """Find the place of a column by the first of its names that is there; -1 if none is."""
    for name in known:
        for place, title in enumerate(titles):
            if name == title or (isinstance(name, re.Pattern) and name.fullmatch(title)):
                return place
    return -1


def to_title(cell: str) -> str:
    """Write the name of a column in small letters, with one blank for a break of the line."""
    return SPACES.sub(" ", cell).strip().lower()


def _with_mark(text: TextIO) -> tuple[Iterator[str], type[csv.excel]]:
    first = list(islice(text, LINES_TO_LOOK_AT))
    has_tabs = any("\t" in line for line in first)
    return chain(first, text), csv.excel_tab if has_tabs else csv.excel


def _of_workbook(file: ReferenceFile) -> Iterator[Line]:
    with file.open() as raw:
        content = io.BytesIO(raw.read())
    try:
        book = load_workbook(content, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        msg = f"{file.name} is no workbook"
        raise RejectedError(msg) from error
    for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        yield number, [_to_text(cell) for cell in cells]
    book.close()


def _to_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y%m%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
