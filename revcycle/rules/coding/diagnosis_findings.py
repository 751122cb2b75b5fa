"""How findings on diagnoses are written."""

from models.documents.finding import Finding, Severity
from models.values.billing_codes import CodeSystem, to_code_text


def on_diagnosis(rule_id: str, severity: Severity, number: int, message: str) -> Finding:
    """Write a finding on one diagnosis, ``number`` from 1.

    Source:
        House rule: a finding names the field that has to change.
    """
    return Finding(rule_id, severity, f"diagnoses[{number}]", message)


def code_text(code: str) -> str:
    """Write a diagnosis with its dot, as people read it.

    Source:
        ICD-10-CM Official Guidelines, section I.A.2: the dot stands behind the third character.
    """
    return to_code_text(CodeSystem.ICD10CM, code)
