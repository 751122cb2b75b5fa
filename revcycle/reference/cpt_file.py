"""A list of CPT codes that users license themselves. None of its texts ships with us.

CPT belongs to the American Medical Association. The file is CSV with a line of names: ``code`` and
``words``, and if known ``valid_from`` and ``valid_to`` as YYYY-MM-DD.
"""

import csv
from datetime import date
from typing import Final

from models.documents.billing_code import BillingCodeDocument
from models.errors import RejectedError
from models.values.billing_codes import CodeSystem
from revcycle.reference.icd10 import KNOWN_FROM
from revcycle.reference.procedures import is_procedure_code

NEEDED: Final = frozenset({"code", "words"})
WORDS_MAX: Final = 1_000


def read_cpt_file(content: bytes) -> list[BillingCodeDocument]:
    """Read the codes in the order in which they are found: short words first.

    Raises:
        RejectedError: it is no such file; the text names the line.
    """
    rows = csv.DictReader(_text(content).splitlines())
    if not NEEDED.issubset(rows.fieldnames or ()):
        msg = "the first line must name the columns code and words"
        raise RejectedError(msg)
    codes = [_document(row, rows.line_num) for row in rows]
    return sorted(codes, key=lambda code: (len(code.title), code.code))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = "the file is not written in UTF-8"
        raise RejectedError(msg) from error


def _document(row: dict[str, str | None], line: int) -> BillingCodeDocument:
    code, words = (row["code"] or "").strip().upper(), (row["words"] or "").strip()
    if not is_procedure_code(code):
        msg = f"line {line}: {code[:10]!r} has not the form of a procedure code"
        raise RejectedError(msg)
    if not words or len(words) > WORDS_MAX:
        msg = f"line {line}: there are no words, or more than {WORDS_MAX} letters of them"
        raise RejectedError(msg)
    first, last = _to_day(row.get("valid_from"), line), _to_day(row.get("valid_to"), line)
    return BillingCodeDocument(CodeSystem.CPT, code, words, first or KNOWN_FROM, last)


def _to_day(text: str | None, line: int) -> date | None:
    if not (text or "").strip():
        return None
    try:
        return date.fromisoformat(str(text).strip())
    except ValueError as error:
        msg = f"line {line}: a date is not written as YYYY-MM-DD"
        raise RejectedError(msg) from error
