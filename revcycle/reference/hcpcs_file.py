"""CMS's public file of HCPCS level II codes, which users download each quarter.

Two forms of one file are read: the text of 320 columns (``HCPC2026_OCT_ANWEB.txt``) and the table
saved as CSV. The D codes are left out: their texts belong to the American Dental Association, and
they go on dental claims.

Source:
    CMS, Alpha-Numeric HCPCS file and its record layout, 2019 (text) and October 2026 (table).
"""

import csv
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from models.documents.billing_code import BillingCodeDocument
from models.errors import RejectedError
from models.values.billing_codes import CodeSystem
from revcycle.reference.procedures import is_modifier, is_procedure_code

ENCODING: Final = "cp1252"  # what CMS writes
HEADING_LENGTH: Final = 5_000  # above the names of the columns stand a few remarks
# Positions of the record layout, from 0: where a field begins and ends.
CODE, RECORD_KIND, LONG_TEXT = slice(0, 5), slice(10, 11), slice(11, 91)
ADDED_ON, ENDS_ON = slice(268, 276), slice(284, 292)
OF_PROCEDURES: Final = frozenset({"3", "4"})  # the first line and those that go on
OF_MODIFIERS: Final = frozenset({"7", "8"})
COLUMNS: Final = ("HCPC", "RECID", "LONG DESCRIPTION", "ADD DT", "TERM DT")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the file; a long text goes on in further lines."""

    code: str
    kind: str
    text: str
    added_on: str
    ends_on: str


def read_hcpcs_file(content: bytes) -> list[BillingCodeDocument]:
    """Read the procedures of the file, in the order in which they are found: short texts first.

    Raises:
        RejectedError: the file has none, or a date of it is none.
    """
    kept = [one for one in _lines(content, OF_PROCEDURES) if is_procedure_code(one.code)]
    if not kept:
        msg = "this is no HCPCS file of CMS: it has no line of a procedure"
        raise RejectedError(msg)
    return sorted(_documents(kept), key=lambda code: (len(code.title), code.code))


def read_hcpcs_modifiers(content: bytes) -> list[BillingCodeDocument]:
    """Read the modifiers of the file, in the order of their codes; none is no error.

    Raises:
        RejectedError: a date of it is none.
    """
    kept = [one for one in _lines(content, OF_MODIFIERS) if is_modifier(one.code)]
    return sorted(_documents(kept), key=attrgetter("code"))


def _documents(lines: Iterable[_Line]) -> Iterator[BillingCodeDocument]:
    for _, group in groupby(lines, key=attrgetter("code")):
        yield _document(list(group))


def _lines(content: bytes, kinds: Container[str]) -> list[_Line]:
    text = content.decode(ENCODING, errors="replace")
    lines = _rows(text) if COLUMNS[2] in text.upper()[:HEADING_LENGTH] else _columns(text)
    return [one for one in lines if one.kind in kinds]


def _columns(text: str) -> Iterator[_Line]:
    for line in text.splitlines():
        if line[RECORD_KIND] in OF_PROCEDURES | OF_MODIFIERS:
            yield _Line(
                line[CODE].strip(),
                line[RECORD_KIND],
                line[LONG_TEXT].strip(),
                line[ADDED_ON].strip(),
                line[ENDS_ON].strip(),
            )


def _rows(text: str) -> Iterator[_Line]:
    rows = _after_heading(csv.reader(text.splitlines()))
    names = [name.strip().upper() for name in next(rows)]
    places = [names.index(column) for column in COLUMNS]
    for row in rows:
        if len(row) == len(names):
            yield _Line(*(row[place].strip() for place in places))


def _after_heading(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Leave out what stands above the names of the columns.

    Raises:
        RejectedError: a column that is needed has no name.
    """
    found = iter(rows)
    for row in found:
        names = {name.strip().upper() for name in row}
        if names.issuperset(COLUMNS):
            yield row
            yield from found
            return
    msg = f"this is no HCPCS file of CMS: it lacks one of the columns {', '.join(COLUMNS)}"
    raise RejectedError(msg)


def _document(lines: list[_Line]) -> BillingCodeDocument:
    first = lines[0]
    return BillingCodeDocument(
        CodeSystem.HCPCS,
        first.code,
        " ".join(" ".join(line.text for line in lines).split()),
        _to_day(first.added_on, first.code),
        _to_day(first.ends_on, first.code) if first.ends_on else None,
    )


def _to_day(text: str, code: str) -> date:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        msg = f"a date of {code} is not written as YYYYMMDD"
        raise RejectedError(msg) from error
