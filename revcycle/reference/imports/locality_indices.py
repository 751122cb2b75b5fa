"""CMS's geographic practice cost indices: ``GPCI2026.csv``, addendum E of the fee schedule.

Some years have two columns for work, with and without the floor of 1.0 that Congress extends; what
is paid is the one with the floor.
"""

import re
from collections.abc import Callable, Iterator, Sequence
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
SUFFIXES: Final = (".csv", ".xlsx")
YEAR: Final = re.compile(r"GPCI_?(?:20)?(\d\d)(?!\d)", re.IGNORECASE)
COLUMNS: Final[Names] = MappingProxyType(
    {
        "MAC": (re.compile(r"medicare administrative contractor.*"), "mac"),
        "State": ("state",),
        "Locality Number": ("locality number", "locality"),
        "Locality Name": ("locality name",),
        "PW GPCI": (
            re.compile(r"(\d{4} )?pw gpci \(with 1\.0 floor\)\W*"),
            re.compile(r"(\d{4} )?pw gpci\W*"),
        ),
        "PE GPCI": (re.compile(r"(\d{4} )?pe gpci\W*"),),
        "MP GPCI": (re.compile(r"(\d{4} )?mp gpci\W*"),),
    }
)
CONTRACTOR, STATE, LOCALITY, NAME, WORK, PRACTICE, MALPRACTICE = COLUMNS
CONTRACTOR_LENGTH: Final = 5
LOCALITY_LENGTH: Final = 2
STATE_LENGTH: Final = 2
NAME_LENGTH: Final = 120


def gpci_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell the year from the name of the file.

    Raises:
        RejectedError: there are several files.
    """
    if len(files) > 1:
        msg = f"one file at a time: {', '.join(one.name for one in files)}"
        raise RejectedError(msg)
    found = YEAR.search(files[0].stem)
    if found is None:
        return files[0].stem, None
    return f"20{found[1]}", date(2000 + int(found[1]), 1, 1)


def gpci_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read the localities; what has nothing beside its first cell is a footnote."""
    seen: set[tuple[str, str]] = set()
    for file in files:
        places, lines = after_heading(read_lines(file, encoding=ENCODING), COLUMNS, file.name)
        for number, texts in lines:
            if not any(texts[1:]):
                continue
            cells = Cells(file.name, number, texts, places, complaints)
            contractor = cells.read(
                CONTRACTOR, _digits(CONTRACTOR_LENGTH), "the number of a contractor", ""
            )
            locality = cells.read(LOCALITY, _digits(LOCALITY_LENGTH), "two digits", "")
            indices = [cells.decimal(column) for column in (WORK, PRACTICE, MALPRACTICE)]
            if (contractor, locality) in seen:
                complaints.add(file.name, number, LOCALITY, "this locality stands twice")
            elif cells.is_sound:
                seen.add((contractor, locality))
                state, name = (
                    cells.text(STATE)[:STATE_LENGTH],
                    cells.text(NAME).rstrip("*")[:NAME_LENGTH],
                )
                yield contractor, locality, state, name, *indices


def _digits(length: int) -> Callable[[str], str]:
    """Make the reader of a number with leading zeros, which a workbook may have lost."""

    def read(text: str) -> str:
        if not text.isascii() or not text.isdigit() or len(text) > length:
            msg = "no such number"
            raise ValueError(msg)
        return text.zfill(length)

    return read


LOCALITY_INDICES: Final = EditionReader(
    re.compile(r"^GPCI_?\d", re.IGNORECASE), SUFFIXES, gpci_facts, gpci_rows
)
