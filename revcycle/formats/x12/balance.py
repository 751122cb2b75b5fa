"""Does a remittance add up? The three equations of the 835."""

from collections.abc import Iterator

from models.documents.finding import Finding, Severity
from models.documents.remittance import RemittanceClaim, RemittanceDocument, RemittanceLine
from models.values.money import Money, total

LINE_BALANCE = "x12.835_line_balance"
CLAIM_BALANCE = "x12.835_claim_balance"
PAYMENT_BALANCE = "x12.835_payment_balance"


def remittance_gaps(document: RemittanceDocument) -> tuple[Finding, ...]:
    """Report each line, claim and payment whose amounts do not add up; empty if all do.

    A position counts claims and lines of the remittance from 1 and names nobody.

    Source:
        ASC X12 005010X221A1, section 1.10.2.1 (balancing).
    """
    findings: list[Finding] = []
    for ordinal, claim in enumerate(document.claims, start=1):
        position = f"claim {ordinal}"
        for number, line in enumerate(claim.lines, start=1):
            findings.extend(_line_gaps(line, f"{position}, line {number}"))
        findings.extend(_claim_gaps(claim, position))
    findings.extend(_payment_gaps(document))
    return tuple(findings)


def claim_adjusted(claim: RemittanceClaim) -> Money:
    """All adjustments of a claim, those of its lines included."""
    lines = (adjustment for line in claim.lines for adjustment in line.adjustments)
    return total(adjustment.amount for adjustment in (*claim.adjustments, *lines))


def payment_expected(document: RemittanceDocument) -> Money:
    """What the claims and the provider adjustments together make the payment."""
    claims = total(claim.paid for claim in document.claims)
    return claims - total(adjustment.amount for adjustment in document.provider_adjustments)


def _line_gaps(line: RemittanceLine, position: str) -> Iterator[Finding]:
    adjusted = total(adjustment.amount for adjustment in line.adjustments)
    if line.charge - adjusted != line.paid:
        message = f"charge {line.charge} less adjustments {adjusted} is not paid {line.paid}"
        yield Finding(LINE_BALANCE, Severity.ERROR, "SVC03", message, position)


def _claim_gaps(claim: RemittanceClaim, position: str) -> Iterator[Finding]:
    adjusted = claim_adjusted(claim)
    if claim.charge - adjusted != claim.paid:
        message = f"charge {claim.charge} less adjustments {adjusted} is not paid {claim.paid}"
        yield Finding(CLAIM_BALANCE, Severity.ERROR, "CLP04", message, position)
    charged = total(line.charge for line in claim.lines)
    if claim.lines and charged != claim.charge:
        message = f"lines charge {charged}, the claim {claim.charge}"
        yield Finding(CLAIM_BALANCE, Severity.ERROR, "CLP03", message, position)


def _payment_gaps(document: RemittanceDocument) -> Iterator[Finding]:
    expected = payment_expected(document)
    paid = document.amount if document.is_credit else -document.amount
    if paid != expected:
        message = f"payment {paid} is not claims less provider adjustments {expected}"
        yield Finding(PAYMENT_BALANCE, Severity.ERROR, "BPR02", message, "payment")
