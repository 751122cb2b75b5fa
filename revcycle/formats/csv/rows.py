"""A CSV file as rows of our own field names."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.documents.intake_columns import INTAKE_COLUMNS
from models.errors import RejectedError

FIELDS: Final = tuple(sorted(INTAKE_COLUMNS))  # what a mapping may name on its left side


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row of the file.

    Attributes:
        line: The physical line on which it begins, from 1.
        cells: Our field name to the text of the cell, without surrounding blanks.
        problem: Why the row as a whole cannot be read; empty if it can.
    """

    line: int
    cells: Mapping[str, str]
    problem: str = ""


def read_rows(
    data: bytes,
    columns: Mapping[str, str],
    *,
    delimiter: str,
    encoding: str,
    known: Collection[str] = INTAKE_COLUMNS,
) -> Iterator[Row]:
    """Read the header, check it against the mapping, and give the rows one by one.

    Args:
        data: The file.
        columns: Our field names to the header names.
        delimiter: What stands between cells.
        encoding: ``utf-8``, with or without a byte order mark, or ``cp1252``.
        known: The fields that the mapping may name.

    Raises:
        RejectedError: the file is not text in that encoding, has no header, lacks a mapped column,
            or breaks off inside a quoted cell.
    """
    numbered = _number_rows(_decode(data, encoding), delimiter)
    _, header = next(numbered, (0, []))
    _refuse_unknown(columns, known)
    places = _places([name.strip() for name in header], columns)
    for line, values in numbered:
        if any(value.strip() for value in values):
            yield _row(line, values, places, width=len(header))


def _row(line: int, values: Sequence[str], places: Mapping[str, int], *, width: int) -> Row:
    if len(values) != width:
        problem = f"the row has {len(values)} cells and the header has {width}"
        return Row(line, {}, problem)
    return Row(line, {field: values[place].strip() for field, place in places.items()})


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        msg = f"the file is not {encoding} text: byte {error.start} does not fit"
        raise RejectedError(msg) from None


def _number_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the physical line on which it begins; a quoted cell may hold breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for values in reader:
            yield line, values
            line = reader.line_num + 1
    except csv.Error as error:
        msg = f"the file is not readable as CSV near line {line}: {error}"
        raise RejectedError(msg) from None


def _places(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Find the place of each mapped column in the header; letter case does not matter."""
    found = {name.casefold(): place for place, name in reversed(list(enumerate(header)))}
    missing = [name for name in columns.values() if name.casefold() not in found]
    if missing:
        msg = f"column missing: {', '.join(missing)}; {_describe(header, len(columns), missing)}"
        raise RejectedError(msg)
    repeated = [name for name in columns.values() if _count(header, name) > 1]
    if repeated:
        msg = f"column stands twice in the header: {', '.join(repeated)}"
        raise RejectedError(msg)
    return {field: found[name.casefold()] for field, name in columns.items()}


def _refuse_unknown(columns: Mapping[str, str], known: Collection[str]) -> None:
    unknown = sorted(set(columns) - set(known))
    if unknown:
        msg = f"the mapping names fields we do not know: {', '.join(unknown)}"
        raise RejectedError(msg)


def _count(header: Sequence[str], name: str) -> int:
    return sum(cell.casefold() == name.casefold() for cell in header)


def _describe(header: Sequence[str], mapped: int, missing: Sequence[str]) -> str:
    """Show the header, unless it may be a patient's row because no mapped column is in it."""
    if len(missing) == mapped:
        return "the first line holds no column of the mapping, so the file has no header"
    shown = [name for name in header if re.fullmatch(r"[A-Za-z][\w #/.()-]{0,60}", name)]
    return f"the header found is: {', '.join(shown)}"
