"""CMS's medically unlikely edits: the most units of a procedure.

CSV in Latin-1, or a workbook. A notice of several lines stands in the first cell, and the first
title has a break in it. The day from which it is in force stands in the name of the file:
``MCR_MUE_PractitionerServices_Eff_07-01-2026.csv``.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from revcycle.reference.imports.cells import Cells
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.tables import Names, after_heading, read_lines

ENCODING: Final = "latin-1"
SUFFIXES: Final = (".csv", ".xlsx", ".txt")
IN_FORCE_FROM: Final = re.compile(r"(\d\d)-(\d\d)-(\d{4})")
COLUMNS: Final[Names] = MappingProxyType(
    {
        "HCPCS/CPT Code": (re.compile(r"hcpcs ?/ ?cpt code"),),
        "MUE Values": (re.compile(r".*mue values?"),),
        "MUE Adjudication Indicator": ("mue adjudication indicator",),
        "MUE Rationale": ("mue rationale",),
    }
)
CODE, UNITS, INDICATOR, RATIONALE = COLUMNS
INDICATORS: Final = frozenset({1, 2, 3})
UNITS_MAX: Final = 1_000_000
RATIONALE_LENGTH: Final = 200


def mue_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell the first day from the name of the file.

    Raises:
        RejectedError: there are several files, or the name holds no day of the calendar.
    """
    if len(files) > 1:
        msg = f"one file at a time: {', '.join(one.name for one in files)}"
        raise RejectedError(msg)
    found = IN_FORCE_FROM.search(files[0].stem)
    if found is None:
        return files[0].stem, None
    month, day, year = map(int, found.groups())
    try:
        first_day = date(year, month, day)
    except ValueError as error:
        msg = f"{files[0].name}: {found[0]} is no day"
        raise RejectedError(msg) from error
    return f"{first_day:%Y-%m}", first_day


def mue_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read code, units, indicator (MAI) and rationale of each line."""
    seen: set[str] = set()
    for file in files:
        places, lines = after_heading(read_lines(file, encoding=ENCODING), COLUMNS, file.name)
        for number, texts in lines:
            cells = Cells(file.name, number, texts, places, complaints)
            if not any(texts):
                continue
            code = cells.code(CODE)
            units = cells.read(UNITS, _to_units, "a whole number of units", 0)
            indicator = cells.read(INDICATOR, _to_indicator, "1, 2 or 3 and its words", 0)
            if code in seen:
                complaints.add(file.name, number, CODE, f"{code} stands twice")
            elif cells.is_sound:
                seen.add(code)
                yield code, units, indicator, cells.text(RATIONALE)[:RATIONALE_LENGTH]


def _to_units(text: str) -> int:
    units = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= units <= UNITS_MAX:
        msg = "no number of units"
        raise ValueError(msg)
    return units


def _to_indicator(text: str) -> int:
    """Read the digit of "2 Date of Service Edit: Policy"."""
    number = int(text[:1])
    if number not in INDICATORS or text[1:2].isalnum():
        msg = "no indicator"
        raise ValueError(msg)
    return number


def _reader(members: str) -> EditionReader:
    return EditionReader(re.compile(members, re.IGNORECASE), SUFFIXES, mue_facts, mue_rows)


MUE_PRACTITIONER: Final = _reader(r"^(mcr_)?mue_?practitioner")
MUE_HOSPITAL: Final = _reader(r"^(mcr_)?mue_?(outpatient)?hospital")
MUE_SUPPLIER: Final = _reader(r"^(mcr_)?mue_?(dme)?supplier")
