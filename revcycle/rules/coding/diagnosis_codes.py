"""Is there a diagnosis, and is each valid on the date of service?"""

from datetime import date
from itertools import islice
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10 import (
    find_icd10_detail,
    is_valid_icd10,
    list_icd10_below,
    list_icd10_periods,
)
from revcycle.rules.coding.diagnosis_findings import code_text
from revcycle.rules.coding.seventh_character import seventh_complaint

RULE_ID = "coding.diagnosis_codes"
SUCCESSORS_SHOWN: Final = 4


def check_diagnosis_codes(case: CodingCase) -> tuple[Finding, ...]:
    """Report a missing, repeated, or on that date not billable diagnosis.

    What is wrong with a seventh character only, ``seventh_character`` reports.

    Source:
        ICD-10-CM Official Guidelines, section I.B.2 (highest level of detail) and IV; code
        validity by date from the CMS Medicare Code Editor tables.
    """
    coding = case.coding
    if not coding.diagnoses:
        return (_error("diagnoses", "at least one diagnosis is needed"),)
    findings = [
        _error(f"diagnoses[{number}]", _why_not(code, coding.service_date))
        for number, code in enumerate(coding.diagnoses, start=1)
        if not is_valid_icd10(code, coding.service_date)
        and not seventh_complaint(code, coding.service_date)
    ]
    if len(set(coding.diagnoses)) < len(coding.diagnoses):
        findings.append(_error("diagnoses", "a diagnosis may stand only once"))
    return tuple(findings)


def _why_not(code: str, on: date) -> str:
    """Say why a code cannot be billed, and what can."""
    if periods := list_icd10_periods(code):
        first, last = periods[-1]
        outdated = f"{code_text(code)} is billable from {first} to {last} only, not on {on}"
        return outdated + _successors(code, on)
    if detail := find_icd10_detail(code, on):
        example = code_text(detail)
        return f"{code_text(code)} lacks detail: more characters are needed, such as {example}"
    return f"{code_text(code)} is no ICD-10-CM code on {on}"


def _successors(code: str, on: date) -> str:
    """Name the codes into which an outdated one was divided; most ended codes have none."""
    names = [code_text(below) for below in islice(list_icd10_below(code, on), SUCCESSORS_SHOWN + 1)]
    if not names:
        return ""
    more = " and others" if len(names) > SUCCESSORS_SHOWN else ""
    return f"; more characters are needed now: {', '.join(names[:SUCCESSORS_SHOWN])}{more}"


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
