"""The long code sets that we know ourselves, for checks that nobody gives a licensed list to."""

from datetime import date
from typing import Final

from revcycle.formats.x12.checks.code_sets import CodeSets
from revcycle.reference.icd10 import KNOWN_FROM, is_valid_icd10


def is_diagnosis(code: str, on: date) -> bool:
    """Judge by the edition of the day; before ICD-10 came, there is nothing to judge by."""
    return on < KNOWN_FROM or is_valid_icd10(code, on)


KNOWN_CODE_SETS: Final = CodeSets(is_diagnosis=is_diagnosis)
