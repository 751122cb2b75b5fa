"""Read a table that a person wrote in a spreadsheet, as CSV or XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from models.errors import RejectedError

ROWS_MAX: Final = 50_000
BYTES_MAX: Final = 100_000_000  # of an XLSX file when unpacked


@dataclass(frozen=True, slots=True, repr=False)
class SheetRow:
    """One row below the head.

    Attributes:
        line: Its number as the spreadsheet shows it; the head is 1.
        cells: Text by column; what the row lacks is empty.
    """

    line: int
    cells: Mapping[str, str]


def read_sheet(name: str, content: bytes, columns: Sequence[str]) -> list[SheetRow]:
    """Read the rows of a table; empty rows are left out, other columns are ignored.

    Args:
        name: The file's name; ``.csv`` or ``.xlsx``.
        content: The file.
        columns: The heads that must stand there, in whatever order.

    Raises:
        RejectedError: it is no such file, a column is missing or there are too many rows.
    """
    lower = name.lower()
    if lower.endswith(".csv"):
        rows = _csv_rows(name, content)
    elif lower.endswith(".xlsx"):
        rows = _xlsx_rows(name, content)
    else:
        msg = f"{name}: a table is read from .csv or .xlsx"
        raise RejectedError(msg)
    return list(_to_rows(name, rows, columns))


def _csv_rows(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{name} is not UTF-8 text: save it as CSV UTF-8, or as XLSX"
        raise RejectedError(msg) from error
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        msg = f"{name} is no CSV: {error}"
        raise RejectedError(msg) from error


def _xlsx_rows(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > BYTES_MAX:
            msg = f"{name} is too large when unpacked"
            raise RejectedError(msg)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        msg = f"{name} is no XLSX file"
        raise RejectedError(msg) from error
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield [_to_text(cell) for cell in row]


def _to_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a spreadsheet knows no whole numbers
    return str(cell)


def _to_rows(
    name: str, rows: Iterable[Sequence[str]], columns: Sequence[str]
) -> Iterator[SheetRow]:
    numbered = enumerate(rows, start=1)
    _, head = next(numbered, (0, ()))
    places = {text.strip().lower(): place for place, text in enumerate(head)}
    if missing := [column for column in columns if column not in places]:
        msg = f"{name} lacks the column {', '.join(missing)}; wanted are {', '.join(columns)}"
        raise RejectedError(msg)
    for line, row in numbered:
        if line > ROWS_MAX:
            msg = f"{name} has more than {ROWS_MAX:,} rows"
            raise RejectedError(msg)
        texts = {
            column: _plain(row[places[column]]) if places[column] < len(row) else ""
            for column in columns
        }
        if any(texts.values()):
            yield SheetRow(line, texts)


def _plain(text: str) -> str:
    """Take off the apostrophe with which we, or a person, kept a spreadsheet from computing."""
    return text.strip().removeprefix("'")
