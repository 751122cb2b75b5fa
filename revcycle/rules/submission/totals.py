"""Is there something to pay for on each line, and on the claim?"""

from models.documents.claim import ClaimDocument
from models.documents.finding import Finding, Severity
from models.values.money import ZERO, Money

RULE_ID = "scrub.totals"
CHARGE_MAX = Money(99_999_999_99)  # payers' systems hold ten digits; beyond it is a typing error


def check_totals(claim: ClaimDocument) -> tuple[Finding, ...]:
    """Report lines without a charge or without units, and a total no payer can hold.

    Source:
        ASC X12N/005010X222A1, CLM02 (the sum of SV102), SV102 and SV104.
    """
    findings = []
    for line in claim.lines:
        if line.charge <= ZERO:
            findings.append(_error(f"lines[{line.number}].charge", "must be more than zero"))
        if line.units <= 0:
            findings.append(_error(f"lines[{line.number}].units", "must be more than zero"))
    if claim.charge_total > CHARGE_MAX:
        findings.append(_error("charge_total", f"at most {CHARGE_MAX}"))
    return tuple(findings)


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
