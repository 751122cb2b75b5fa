"""CMS's add-on codes: what is billed beside a primary procedure only.

``AOC_V2026Q3-MCR``, as a workbook and as text of fixed width with the same eight columns. Days are
written YYYYDDD; ``CCCCC`` stands for primaries that the payer names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from revcycle.reference.imports.cells import Cells, to_code
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.days import to_day, to_day_of_year
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.tables import Line, Names, after_heading, read_lines

ENCODING: Final = "latin-1"
# The workbook names its columns, the text does not.
SUFFIXES: Final = (".xlsx", ".csv", ".txt")
VERSION: Final = re.compile(r"V(\d{4})Q([1-4])", re.IGNORECASE)
COLUMNS: Final[Names] = MappingProxyType(
    {
        "AOC_Edit_Type": (re.compile(r"aoc[_ ]edit[_ ]type"),),
        "Add-On_Code": (re.compile(r"add-?on[_ ]code"),),
        "AOC_DelDT": (re.compile(r"aoc[_ ]del[_ ]?dt"),),
        "Primary_Code": (re.compile(r"primary[_ ]code"),),
        "Primary_Code_DelDT": (re.compile(r"primary[_ ]code[_ ]del[_ ]?dt"),),
        "AOC_Edit_EffDT": (re.compile(r"aoc[_ ]edit[_ ]eff[_ ]?dt"),),
        "AOC_Edit_DelDT": (re.compile(r"aoc[_ ]edit[_ ]del[_ ]?dt"),),
    }
)
TYPE, ADD_ON, ADD_ON_END, PRIMARY, PRIMARY_END, FIRST, LAST = COLUMNS
PLACES_OF_TEXT: Final = {column: place for place, column in enumerate(COLUMNS)}
# Fields may touch; a day that is not given is blank.
LINE_OF_TEXT: Final = re.compile(
    r"([123])\s?([0-9A-Z]{5})\s?(\d{7}|\s{7})\s?([0-9A-Z]{5})\s?(\d{7}|\s{7})\s?(\d{7})\s?(\d{7})?"
)
PAYER_NAMES_THEM: Final = "CCCCC"
TYPES: Final = {"1": 1, "2": 2, "3": 3, "I": 1, "II": 2, "III": 3}
DAY_LENGTH: Final = 8
NO_DAYS: Final = ("", "*", "0", "0000000", "9999999")
LINES_WITHOUT_FIELDS_MAX: Final = 15  # the notice above the text

Pair = tuple[str, str, date, date | None, int]


def add_on_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell the quarter from the name of the file.

    Raises:
        RejectedError: there are several files.
    """
    if len(files) > 1:
        msg = f"one file at a time: {', '.join(one.name for one in files)}"
        raise RejectedError(msg)
    found = VERSION.search(files[0].stem)
    if found is None:
        return files[0].stem, None
    return f"{found[1]}Q{found[2]}", date(int(found[1]), 3 * int(found[2]) - 2, 1)


def add_on_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read each pair once; of the same pair and day twice the one that lasts longer."""
    longest: dict[tuple[str, str, date], Pair] = {}
    for file in files:
        for cells in _lines_of(file, complaints):
            pair = _pair(cells)
            if cells.is_sound:
                kept = longest.get(pair[:3], pair)
                longest[pair[:3]] = max(pair, kept, key=_last_day)
    yield from longest.values()


def _lines_of(file: ReferenceFile, complaints: Complaints) -> Iterator[Cells]:
    lines = read_lines(file, encoding=ENCODING)
    if file.suffix == ".txt":
        places, following = PLACES_OF_TEXT, _of_fixed_width(lines, file.name, complaints)
    else:
        places, following = after_heading(lines, COLUMNS, file.name)
    for number, texts in following:
        if any(texts):
            yield Cells(file.name, number, texts, places, complaints)


def _of_fixed_width(
    lines: Iterable[Line], file_name: str, complaints: Complaints
) -> Iterator[Line]:
    """Cut lines of text; what stands above the first pair is the notice and the titles."""
    has_begun = False
    for number, texts in lines:
        found = LINE_OF_TEXT.match(",".join(texts))
        if found is not None:
            has_begun = True
            yield number, [group or "" for group in found.groups()]
        elif any(texts) and (has_begun or number > LINES_WITHOUT_FIELDS_MAX):
            complaints.add(file_name, number, "", "is not type, add-on code, primary code and days")


def _pair(cells: Cells) -> Pair:
    ends = [
        cells.read(column, _to_end, "a day as YYYYDDD", None)
        for column in (ADD_ON_END, PRIMARY_END, LAST)
    ]
    return (
        cells.code(ADD_ON),
        cells.read(PRIMARY, _to_primary, "a procedure code or CCCCC", ""),
        cells.read(FIRST, _to_day, "a day as YYYYDDD", date.max),
        min((day for day in ends if day is not None), default=None),
        cells.read(TYPE, _to_type, "1, 2 or 3", 0),
    )


def _to_day(text: str) -> date:
    return to_day(text) if len(text) == DAY_LENGTH else to_day_of_year(text)


def _to_end(text: str) -> date | None:
    return None if text in NO_DAYS else _to_day(text)


def _to_primary(text: str) -> str:
    return "" if text in ("", PAYER_NAMES_THEM) else to_code(text)


def _to_type(text: str) -> int:
    if text not in TYPES:
        msg = "no type"
        raise ValueError(msg)
    return TYPES[text]


def _last_day(pair: Pair) -> date:
    return pair[3] or date.max


ADD_ON_PAIRS: Final = EditionReader(
    re.compile(r"^aoc_v", re.IGNORECASE), SUFFIXES, add_on_facts, add_on_rows
)
