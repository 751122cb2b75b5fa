"""Does a diagnosis have the seventh character that it needs, at the seventh place?"""

from datetime import date
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10 import is_valid_icd10, list_icd10_below
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis

RULE_ID = "coding.seventh_character"
FULL_LENGTH: Final = 7
STEM_LENGTH: Final = 6
PLACEHOLDER: Final = "X"
CATEGORY_LENGTH: Final = 3


def check_seventh_character(case: CodingCase) -> tuple[Finding, ...]:
    """Report a seventh character that is missing, wrong, not allowed or at another place.

    Source:
        ICD-10-CM Official Guidelines, sections I.A.4 (placeholder character) and I.A.5 (seventh
        characters).
    """
    return tuple(
        on_diagnosis(RULE_ID, Severity.ERROR, number, f"{code_text(code)} {complaint}")
        for number, code in enumerate(case.coding.diagnoses, start=1)
        if (complaint := seventh_complaint(code, case.service_date))
    )


def seventh_complaint(code: str, on: date) -> str:
    """Say what is wrong with a code's seventh character; empty where that is not its trouble.

    Source:
        ICD-10-CM Official Guidelines, sections I.A.4 and I.A.5.
    """
    if len(code) < CATEGORY_LENGTH or is_valid_icd10(code, on):
        return ""
    if len(code) == FULL_LENGTH and (allowed := _sevenths(code[:STEM_LENGTH], on)):
        return f"has no such seventh character: {_listed(allowed)} are allowed"
    if len(code) < FULL_LENGTH and (allowed := _sevenths(_padded(code), on)):
        example = code_text(_padded(code) + allowed[0])
        return f"needs a seventh character ({_listed(allowed)}), as in {example}"
    return _misplaced(code, on)


def _misplaced(code: str, on: date) -> str:
    moved = _padded(code[:-1]) + code[-1]
    if len(code) < FULL_LENGTH and is_valid_icd10(moved, on):
        return f"has its last character too early: with placeholders it is {code_text(moved)}"
    shorter = code[:STEM_LENGTH].rstrip(PLACEHOLDER)
    if len(code) == FULL_LENGTH and is_valid_icd10(shorter, on):
        return f"takes no seventh character: {code_text(shorter)} is complete"
    return ""


def _padded(code: str) -> str:
    return code.ljust(STEM_LENGTH, PLACEHOLDER)


def _sevenths(stem: str, on: date) -> tuple[str, ...]:
    """List what may stand behind six characters; nothing where they are no stem of full codes."""
    return tuple(code[-1] for code in list_icd10_below(stem, on) if len(code) == FULL_LENGTH)


def _listed(characters: tuple[str, ...]) -> str:
    return ", ".join(characters)
