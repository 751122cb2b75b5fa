"""CDC's order file of ICD-10-CM: ``icd10cm-order-2027.txt``, every code and heading with its title.

Fixed columns: a running number in 1 to 5, the code in 7 to 13, in 15 a 1 if it may be billed and a
0 for a heading, a short title from 17 and the long one from 78 on.

The file says of no code since when there is it. Where the shipped table knows the code on the first
day of the edition, its first day is taken from there.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from revcycle.reference.icd10 import list_icd10_periods
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.fiscal_years import fiscal_year_of

CODE: Final = slice(6, 13)
IS_BILLABLE: Final = slice(14, 15)
LONG_TITLE: Final = slice(77, None)
FLAGS: Final = {"0": False, "1": True}
FORM: Final = re.compile(r"[A-Z][0-9A-Z]{2,6}")
TITLE_MAX: Final = 1_500
FALLBACK: Final = "cp1252"  # what a Windows editor makes of it


def order_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell the fiscal year from the name of the file.

    Raises:
        RejectedError: there are several files.
    """
    if len(files) > 1:
        msg = f"one order file at a time; here are {', '.join(file.name for file in files)}"
        raise RejectedError(msg)
    return fiscal_year_of(files[0])


def order_rows(
    files: Sequence[ReferenceFile], facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read the codes in the order of the file."""
    (file,) = files
    seen: set[str] = set()
    with file.open() as stream:
        for number, line in enumerate(stream, 1):
            text = _decoded(line).rstrip("\r\n")
            if not text.strip():
                continue
            problem = _problem(text, seen)
            if problem:
                complaints.add(file.name, number, *problem)
                continue
            code = text[CODE].strip()
            seen.add(code)
            yield _row(code, text, facts.effective_from)


def _row(code: str, text: str, first_day: date) -> ReferenceRow:
    is_billable = FLAGS[text[IS_BILLABLE]]
    return code, _since(code, first_day), None, text[LONG_TITLE].strip(), is_billable, ""


def _since(code: str, first_day: date) -> date:
    """Tell since when a code that is in force on a day has been."""
    periods = list_icd10_periods(code)
    return next((first for first, last in periods if first <= first_day <= last), first_day)


def _problem(text: str, seen: set[str]) -> tuple[str, str] | None:
    """Name the column that is wrong and say why; None for a sound line."""
    code = text[CODE].strip()
    if not FORM.fullmatch(code):
        return "columns 7-13", f"{code!r} is no code of ICD-10-CM"
    if code in seen:
        return "columns 7-13", f"{code} stands twice"
    if text[IS_BILLABLE] not in FLAGS:
        return "column 15", f"{text[IS_BILLABLE]!r} is neither 1 (may be billed) nor 0 (a heading)"
    title = text[LONG_TITLE].strip()
    if not title or len(title) > TITLE_MAX:
        return "from column 78", f"there is no title, or one of more than {TITLE_MAX} letters"
    return None


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode(FALLBACK, errors="replace")


ICD10CM: Final = EditionReader(
    re.compile(r"icd10cm.?order(?!.*addenda)", re.IGNORECASE), (".txt",), order_facts, order_rows
)
