"""Does the claim fit into the form?"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.documents.claim import ClaimDocument, ClaimForm
from models.documents.finding import Finding, Severity

RULE_ID = "scrub.claim_size"
MODIFIERS_MAX = 4


@dataclass(frozen=True, slots=True)
class FormLimits:
    """How much one claim of a form may hold."""

    lines: int
    diagnoses: int


FORM_LIMITS: Final = MappingProxyType(
    {
        ClaimForm.PROFESSIONAL: FormLimits(lines=50, diagnoses=12),
        ClaimForm.INSTITUTIONAL: FormLimits(lines=999, diagnoses=25),
    }
)


def check_claim_size(claim: ClaimDocument) -> tuple[Finding, ...]:
    """Report a claim with no or too many lines, diagnoses or modifiers.

    Source:
        ASC X12N/005010X222A1 and 005010X223A2: repeats of loop 2400, of HI and of SV101 (SV202).
    """
    limits = FORM_LIMITS[claim.form]
    findings = []
    if not 1 <= len(claim.lines) <= limits.lines:
        findings.append(_error("lines", f"one to {limits.lines}, not {len(claim.lines)}"))
    if not 1 <= len(claim.diagnoses) <= limits.diagnoses:
        message = f"one to {limits.diagnoses}, not {len(claim.diagnoses)}"
        findings.append(_error("diagnoses", message))
    findings.extend(
        _error(f"lines[{line.number}].modifiers", f"at most {MODIFIERS_MAX}")
        for line in claim.lines
        if len(line.modifiers) > MODIFIERS_MAX
    )
    return tuple(findings)


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
