"""Payers' policies about procedures as a table: which diagnoses support one, how many visits.

Columns: ``policy`` (its number at the payer), ``payer`` (our key; empty for every payer),
``procedure``, ``diagnoses`` (codes and ranges, ``E10-E14 I10``), ``from``, ``to``, ``supports``
(yes; no: with these diagnoses it is never paid), ``visits a year``, ``source``. A line without
diagnoses limits visits only.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from revcycle.reference.imports.cells import Cells
from revcycle.reference.imports.code_tables import (
    DAY,
    ENCODING,
    SUFFIXES,
    to_last_written_day,
)
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.days import to_written_day
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.tables import Names, after_heading, read_lines
from revcycle.reference.procedures import is_procedure_code

POLICY, PAYER, PROCEDURE, DIAGNOSES = "policy", "payer", "procedure", "diagnoses"
FROM, TO, SUPPORTS, VISITS, SOURCE = "from", "to", "supports", "visits a year", "source"
NEEDED: Final[Names] = MappingProxyType(
    {
        POLICY: ("policy", "policy number"),
        PAYER: ("payer", "payer key"),
        PROCEDURE: ("procedure", "procedure code", "hcpcs/cpt code"),
        DIAGNOSES: ("diagnoses", "diagnosis codes"),
        FROM: ("from", "effective date", "start"),
        TO: ("to", "end date", "stop"),
    }
)
OPTIONAL: Final[Names] = MappingProxyType(
    {
        SUPPORTS: ("supports", "supported"),
        VISITS: ("visits a year", "visits_a_year", "visits per year"),
        SOURCE: ("source",),
    }
)
POLICY_FORM: Final = re.compile(r".{1,40}")
PAYER_FORM: Final = re.compile(r"[a-z0-9_-]{0,80}")
DIAGNOSIS: Final = re.compile(r"[A-Z][0-9A-Z]{2,6}")
BETWEEN: Final = re.compile(r"[\s,;]+")
ANSWERS: Final = MappingProxyType({"": True, "yes": True, "no": False})
VISITS_MAX: Final = 366
SOURCE_MAX: Final = 300
NO_DAY: Final = date.min

Range = tuple[str, str]
NO_RANGES: Final[tuple[Range, ...]] = ()


def policy_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Name the edition after its file; it is in force from the first day of any of its policies.

    Raises:
        RejectedError: there are several files, or a column is missing.
    """
    if len(files) > 1:
        msg = f"one file at a time; here are {', '.join(file.name for file in files)}"
        raise RejectedError(msg)
    days = (_day_or_none(cells.text(FROM)) for cells in _lines(files[0], Complaints()))
    return files[0].stem, min((day for day in days if day is not None), default=None)


def policy_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read a row for each diagnosis or range of each line, numbered."""
    ordinal = 0
    for cells in _lines(files[0], complaints):
        ranges = cells.read(DIAGNOSES, to_ranges, "diagnoses such as E10-E14 I10", NO_RANGES)
        before, after = _before(cells), _after(cells)
        if not cells.is_sound:
            continue
        for first, last in ranges or (("", ""),):
            yield ordinal, *before, first, last, *after
            ordinal += 1


def to_ranges(text: str) -> tuple[Range, ...]:
    """Read diagnoses and ranges, ``E10-E14 I10``, with dots or without; none for an empty text.

    Raises:
        ValueError: one is none, or a range runs downwards.
    """
    return tuple(_to_range(one) for one in BETWEEN.split(text) if one)


def _to_range(text: str) -> Range:
    first, _, last = text.replace(".", "").upper().partition("-")
    last = last or first
    if not DIAGNOSIS.fullmatch(first) or not DIAGNOSIS.fullmatch(last) or last < first:
        msg = "no diagnosis or range"
        raise ValueError(msg)
    return first, last


def _before(cells: Cells) -> tuple[str, str, str]:
    """Read what stands before the diagnoses in the table: policy, payer, procedure."""
    return (
        cells.read(POLICY, _form(POLICY_FORM), "the number of a policy, up to 40 letters", ""),
        cells.read(PAYER, _form(PAYER_FORM), "our key of a payer, or empty for all", ""),
        cells.read(PROCEDURE, _to_procedure, "a procedure code", ""),
    )


def _after(cells: Cells) -> tuple[bool, date, date | None, int | None, str]:
    """Read what stands behind them: whether they support it, its days, visits and source."""
    first = cells.read(FROM, to_written_day, DAY, NO_DAY)
    last = cells.read(TO, to_last_written_day, DAY, None)
    if cells.is_sound and last is not None and last < first:
        cells.is_sound = False
        cells.complaints.add(cells.file_name, cells.line, TO, f"{last} lies before {first}")
    supports = cells.read(SUPPORTS, _to_answer, "yes or no", instead=True)
    visits = cells.read(VISITS, _to_visits, f"a number from 1 to {VISITS_MAX}", None)
    if cells.is_sound and not cells.text(DIAGNOSES) and visits is None:
        cells.is_sound = False
        message = "a policy names diagnoses, or visits a year, or both"
        cells.complaints.add(cells.file_name, cells.line, DIAGNOSES, message)
    return supports, first, last, visits, cells.text(SOURCE)[:SOURCE_MAX]


def _lines(file: ReferenceFile, complaints: Complaints) -> Iterator[Cells]:
    lines = read_lines(file, encoding=ENCODING)
    places, following = after_heading(lines, NEEDED, file.name, OPTIONAL)
    for number, texts in following:
        if any(text.strip() for text in texts):
            yield Cells(file.name, number, texts, places, complaints)


def _form(form: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not form.fullmatch(text):
            msg = "not in this form"
            raise ValueError(msg)
        return text

    return read


def _to_procedure(text: str) -> str:
    if not is_procedure_code(text):
        msg = "no procedure code"
        raise ValueError(msg)
    return text


def _to_answer(text: str) -> bool:
    try:
        return ANSWERS[text.lower()]
    except KeyError as error:
        msg = "neither yes nor no"
        raise ValueError(msg) from error


def _to_visits(text: str) -> int | None:
    if not text:
        return None
    number = int(text)
    if not 0 < number <= VISITS_MAX:
        msg = "no number of visits"
        raise ValueError(msg)
    return number


def _day_or_none(text: str) -> date | None:
    try:
        return to_written_day(text)
    except ValueError:
        return None


COVERAGE_POLICIES: Final = EditionReader(
    re.compile(r"polic|coverage|\blcd\b|\bncd\b", re.IGNORECASE),
    SUFFIXES,
    policy_facts,
    policy_rows,
)
