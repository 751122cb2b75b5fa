"""CMS's procedure-to-procedure edits of the National Correct Coding Initiative.

Text in Latin-1 with tabs, six lines of heading, seven columns; also as CSV and as workbook. An
edition comes in several files, of which none may be missing: ``ccipra-v322r0-f1`` to ``-f4`` are
the practitioner's of the third quarter of 2026, ``ccioph-...`` the hospital's.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import dropwhile, islice
from typing import Final

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.days import to_day, to_last_day
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.tables import HEADING_LINES_MAX, Line, read_lines, to_title

ENCODING: Final = "latin-1"
SUFFIXES: Final = (".txt", ".csv", ".xlsx")
VERSION: Final = re.compile(r"v(\d\d)([0-3])r\d+", re.IGNORECASE)
PART: Final = re.compile(r"-f(\d+)", re.IGNORECASE)
YEAR_OF_VERSION_ZERO: Final = 1994  # v32 is of 2026
CODE_LENGTH: Final = 5
COLUMNS: Final = 6  # and a rationale, which is not kept
NEVER_IN_FORCE: Final = 9
INDICATORS: Final = {"0": 0, "1": 1, "9": NEVER_IN_FORCE}
FIRST_TITLE: Final = "column 1"

Pair = tuple[str, str, date, date | None, int]


def ptp_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell version and first day from the names of the files.

    Raises:
        RejectedError: they are of two versions, or one of them is missing.
    """
    versions = {found[0].lower(): found for one in files if (found := VERSION.search(one.stem))}
    if len(versions) > 1:
        msg = f"files of several editions lie together: {', '.join(sorted(versions))}"
        raise RejectedError(msg)
    _require_all_parts(files)
    if not versions:
        return files[0].stem, None
    ((name, found),) = versions.items()
    year, quarter = YEAR_OF_VERSION_ZERO + int(found[1]), int(found[2])
    return name, date(year, 3 * quarter + 1, 1)


def ptp_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read the pairs in the order of the files; of one pair and day twice the longer one."""
    last: Pair | None = None
    for pair in _pairs(files, complaints):
        if last is not None and pair[:3] == last[:3]:
            last = max(pair, last, key=_length)
            continue
        if last is not None:
            yield last
        last = pair
    if last is not None:
        yield last


def _pairs(files: Sequence[ReferenceFile], complaints: Complaints) -> Iterator[Pair]:
    for file in files:
        for number, cells in _below_heading(read_lines(file, encoding=ENCODING), file.name):
            pair = _pair(cells) or _pair(_cleaned(cells))
            if pair is not None:
                yield pair
            elif any(cells):
                _complain(file.name, number, _cleaned(cells), complaints)


def _below_heading(lines: Iterator[Line], file_name: str) -> Iterator[Line]:
    """Leave out the heading, which goes on for some lines below the titles.

    Raises:
        RejectedError: there is no line of titles.
    """
    for _, cells in islice(lines, HEADING_LINES_MAX):
        if cells and to_title(cells[0]) == FIRST_TITLE:
            return dropwhile(lambda line: not any(line[1][:2]), lines)
    msg = f"{file_name} is no file of PTP edits: no line near its beginning starts with Column 1"
    raise RejectedError(msg)


def _pair(cells: list[str]) -> Pair | None:
    """Read one line; None if anything in it is wrong. Millions of lines come here."""
    try:
        one, two, _, first, last, indicator = cells[:COLUMNS]
        effective_on, deleted_on = to_day(first), to_last_day(last)
        number = INDICATORS[indicator]
    except (ValueError, KeyError):
        return None
    if len(one) != CODE_LENGTH or len(two) != CODE_LENGTH or not (one + two).isalnum():
        return None
    return one, two, effective_on, deleted_on, number


def _cleaned(cells: list[str]) -> list[str]:
    """Undo what a workbook does: blanks around a cell, and 00100 as the number 100."""
    cells = [cell.strip() for cell in cells]
    return [cell.zfill(CODE_LENGTH) if cell.isdigit() else cell for cell in cells[:2]] + cells[2:]


def _complain(file_name: str, number: int, cells: list[str], complaints: Complaints) -> None:
    if len(cells) < COLUMNS:
        complaints.add(file_name, number, "", f"has {len(cells)} columns; {COLUMNS} are needed")
        return
    for column, cell in zip(("Column 1", "Column 2"), cells, strict=False):
        if len(cell) != CODE_LENGTH or not cell.isalnum():
            complaints.add(file_name, number, column, f"{cell[:20]!r} is no procedure code")
    for column, cell, read in (
        ("Effective Date", cells[3], to_day),
        ("Deletion Date", cells[4], to_last_day),
    ):
        try:
            read(cell)
        except ValueError:
            complaints.add(file_name, number, column, f"{cell[:20]!r} is no day as YYYYMMDD")
    if cells[5] not in INDICATORS:
        complaints.add(file_name, number, "Modifier", f"{cells[5][:20]!r} is not 0, 1 or 9")


def _length(pair: Pair) -> tuple[bool, date]:
    """Order two lines of one pair and day: what was in force before what never was, then longer."""
    return pair[4] != NEVER_IN_FORCE, pair[3] or date.max


def _require_all_parts(files: Sequence[ReferenceFile]) -> None:
    numbers = sorted(int(found[1]) for one in files if (found := PART.search(one.stem)))
    missing = set(range(1, (numbers or [0])[-1] + 1)) - set(numbers)
    if missing:
        listed = ", ".join(f"-f{number}" for number in sorted(missing))
        msg = f"{listed} is missing; all files of an edition are imported in one command"
        raise RejectedError(msg)
    if len(numbers) > len(set(numbers)):
        msg = "a part of the edition is there twice"
        raise RejectedError(msg)


def _reader(members: str) -> EditionReader:
    return EditionReader(re.compile(members, re.IGNORECASE), SUFFIXES, ptp_facts, ptp_rows)


PTP_PRACTITIONER: Final = _reader(r"^ccipra")
PTP_HOSPITAL: Final = _reader(r"^ccioph")
