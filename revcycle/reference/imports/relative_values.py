"""Relative value units of Medicare's physician fee schedule (PPRRVU), without its descriptions.

CSV or a workbook with ten lines of preamble, of which the last two together name the columns. Since
2026 there are two files, with and without QPP in their names; they differ in the conversion factor.
A zip that holds both is read as the one for those who are no qualifying participants.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, zip_longest
from types import MappingProxyType
from typing import Final

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from revcycle.reference.imports.cells import Cells
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.tables import (
    HEADING_LINES_MAX,
    Line,
    Names,
    find_place,
    read_lines,
    to_title,
)

ENCODING: Final = "latin-1"
SUFFIXES: Final = (".csv", ".xlsx")
RELEASE: Final = re.compile(r"PPRRVU(?:20)?(\d\d)_?(JAN|APR|JUL|OCT)?", re.IGNORECASE)
OF_PARTICIPANTS: Final = re.compile(r"(?<!non)QPP", re.IGNORECASE)
OF_OTHERS: Final = re.compile(r"nonQPP", re.IGNORECASE)
MONTHS: Final = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
COLUMNS: Final[Names] = MappingProxyType(
    {
        "HCPCS": ("hcpcs",),
        "MOD": ("mod",),
        "STATUS CODE": ("status code",),
        "WORK RVU": ("work rvu",),
        "FACILITY PE RVU": ("facility pe rvu",),
        "NON-FAC PE RVU": ("non-fac pe rvu", "non-facility pe rvu"),
        "MP RVU": ("mp rvu",),
        "GLOB DAYS": ("glob days",),
        "MULT PROC": ("mult proc",),
        "BILAT SURG": ("bilat surg",),
        "ASST SURG": ("asst surg",),
        "PCTC IND": ("pctc ind", "pc/tc ind"),
    }
)
CODE, MODIFIER, STATUS, WORK, FACILITY, OFFICE, MALPRACTICE, GLOBAL = tuple(COLUMNS)[:8]
MULTIPLE, BILATERAL, ASSISTANT, PARTS = tuple(COLUMNS)[8:]
FACTOR: Final = "CONV FACTOR"
FACTOR_NAMES: Final = ("conv factor",)
LENGTHS: Final = {MODIFIER: 2, STATUS: 1, GLOBAL: 3, MULTIPLE: 1, BILATERAL: 1, ASSISTANT: 1}


def rvu_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell year, quarter and whose factor from the name, such as ``PPRRVU2026_Jul_nonQPP``.

    Raises:
        RejectedError: there are several files.
    """
    if len(files) > 1:
        msg = f"one file at a time: {', '.join(one.name for one in files)}"
        raise RejectedError(msg)
    stem = files[0].stem
    found = RELEASE.search(stem)
    if found is None:
        return stem, None
    month = (found[2] or "JAN").upper()  # what names no month is the release of the year
    whose = " QPP" if OF_PARTICIPANTS.search(stem) else " nonQPP" if OF_OTHERS.search(stem) else ""
    first_day = date(2000 + int(found[1]), MONTHS[month], 1)
    return f"20{found[1]} {month.capitalize()}{whose}", first_day


def rvu_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read what each code, with its modifier 26, TC or 53, is worth."""
    seen: set[tuple[str, str]] = set()
    for file in files:
        places, lines = _below_titles(read_lines(file, encoding=ENCODING), file.name)
        for number, texts in lines:
            if not any(texts):
                continue
            cells = Cells(file.name, number, texts, places, complaints)
            row = _row(cells)
            if (cells.text(CODE), cells.text(MODIFIER)) in seen:
                complaints.add(file.name, number, CODE, "the code stands twice with this modifier")
            elif cells.is_sound:
                seen.add((cells.text(CODE), cells.text(MODIFIER)))
                yield row


def _below_titles(lines: Iterator[Line], file_name: str) -> tuple[dict[str, int], Iterator[Line]]:
    """Find the two lines that together name the columns.

    Raises:
        RejectedError: there are none.
    """
    for count, (upper, lower) in enumerate(pairwise(lines)):
        titles = [
            to_title(" ".join(pair)) for pair in zip_longest(upper[1], lower[1], fillvalue="")
        ]
        places = {column: find_place(titles, known) for column, known in COLUMNS.items()}
        if min(places.values()) >= 0:
            return places | {FACTOR: find_place(titles, FACTOR_NAMES)}, lines
        if count > HEADING_LINES_MAX:
            break
    msg = f"{file_name} is no PPRRVU file: no two lines name the columns {', '.join(COLUMNS)}"
    raise RejectedError(msg)


def _row(cells: Cells) -> ReferenceRow:
    return (
        cells.code(CODE),
        _short(cells, MODIFIER),
        _short(cells, STATUS),
        cells.decimal(WORK),
        cells.decimal(FACILITY),
        cells.decimal(OFFICE),
        cells.decimal(MALPRACTICE),
        _factor(cells),
        _short(cells, GLOBAL),
        _short(cells, MULTIPLE),
        _short(cells, BILATERAL),
        _short(cells, ASSISTANT),
        _short(cells, PARTS),
    )


def _factor(cells: Cells) -> Decimal | None:
    """Read the conversion factor; older files have none, and no row has a factor of zero."""
    return cells.decimal(FACTOR) or None if cells.places[FACTOR] >= 0 else None


def _short(cells: Cells, column: str) -> str:
    length = LENGTHS.get(column, 1)

    def check(text: str) -> str:
        if len(text) > length:
            msg = "too long"
            raise ValueError(msg)
        return text

    return cells.read(column, check, f"at most {length} letters", "")


RELATIVE_VALUES: Final = EditionReader(
    # A lone QPP file may be named itself; in a zip the other one is meant.
    re.compile(r"^PPRRVU(?!.*(?<!non)QPP)", re.IGNORECASE),
    SUFFIXES,
    rvu_facts,
    rvu_rows,
)
