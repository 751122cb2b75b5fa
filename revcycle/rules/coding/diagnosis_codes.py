"""Is there a diagnosis, and is each valid on the date of service?"""

from models.documents.coding import CodingDocument
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10 import is_valid_icd10

RULE_ID = "coding.diagnosis_codes"


def check_diagnosis_codes(coding: CodingDocument) -> tuple[Finding, ...]:
    """Report a missing, repeated, or on that date not billable diagnosis.

    Source:
        ICD-10-CM Official Guidelines, section I.B.2 (highest level of detail) and IV; code
        validity by date from the CMS Medicare Code Editor tables.
    """
    if not coding.diagnoses:
        return (_error("diagnoses", "at least one diagnosis is needed"),)
    findings = [
        _error(f"diagnoses[{number}]", f"{code} is not a billable code on {coding.service_date}")
        for number, code in enumerate(coding.diagnoses, start=1)
        if not is_valid_icd10(code, coding.service_date)
    ]
    if len(set(coding.diagnoses)) < len(coding.diagnoses):
        findings.append(_error("diagnoses", "a diagnosis may stand only once"))
    return tuple(findings)


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
