"""Is there a diagnosis, and is each valid on the date of service?"""

from datetime import date

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from models.values.billing_codes import CodeSystem, to_code_text
from revcycle.reference.icd10 import find_icd10_detail, is_valid_icd10, list_icd10_periods

RULE_ID = "coding.diagnosis_codes"


def check_diagnosis_codes(case: CodingCase) -> tuple[Finding, ...]:
    """Report a missing, repeated, or on that date not billable diagnosis.

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
    ]
    if len(set(coding.diagnoses)) < len(coding.diagnoses):
        findings.append(_error("diagnoses", "a diagnosis may stand only once"))
    return tuple(findings)


def _why_not(code: str, on: date) -> str:
    """Say why a code cannot be billed, and what can."""
    if periods := list_icd10_periods(code):
        first, last = periods[-1]
        return f"{_text(code)} is billable from {first} to {last} only, not on {on}"
    if detail := find_icd10_detail(code, on):
        return f"{_text(code)} lacks detail: more characters are needed, such as {_text(detail)}"
    return f"{_text(code)} is no ICD-10-CM code on {on}"


def _text(code: str) -> str:
    return to_code_text(CodeSystem.ICD10CM, code)


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
