"""Does a remittance add up? The equations of the 835."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.documents.finding import Finding, Severity
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.values.money import Money, total

LINE_BALANCE = "x12.835_line_balance"
CLAIM_BALANCE = "x12.835_claim_balance"
PAYMENT_BALANCE = "x12.835_payment_balance"


@dataclass(frozen=True, slots=True)
class Gap:
    """One equation that does not hold.

    Attributes:
        subject: The element that would have to be another.
        claim: The ordinal of the claim in the document, from 1; 0 for the payment.
        line: The ordinal of the line in its claim, from 1; 0 for the claim itself.
    """

    rule_id: str
    subject: str
    message: str
    claim: int = 0
    line: int = 0

    @property
    def position(self) -> str:
        """Where it is, in words; nobody is named."""
        if not self.claim:
            return "payment"
        return f"claim {self.claim}, line {self.line}" if self.line else f"claim {self.claim}"


def remittance_gaps(document: RemittanceDocument) -> tuple[Finding, ...]:
    """Report each line, claim and payment whose amounts do not add up; empty if all do.

    A position counts claims and lines of the remittance from 1 and names nobody.

    Source:
        ASC X12 005010X221A1, section 1.10.2.1 (balancing).
    """
    return tuple(
        Finding(gap.rule_id, Severity.ERROR, gap.subject, gap.message, gap.position)
        for gap in gaps_of(document)
    )


def gaps_of(document: RemittanceDocument) -> list[Gap]:
    """Find the equations that do not hold, in the order of the document.

    Source:
        ASC X12 005010X221A1, section 1.10.2.1 (balancing).
    """
    gaps: list[Gap] = []
    paid = 0
    for ordinal, claim in enumerate(document.claims, start=1):
        paid += claim.paid.cents
        if not _is_balanced(claim):
            gaps.extend(_line_gaps(claim, ordinal))
            gaps.extend(_claim_gaps(claim, ordinal))
    gaps.extend(_payment_gaps(document, Money(paid)))
    return gaps


def claim_adjusted(claim: RemittanceClaim) -> Money:
    """All adjustments of a claim, those of its lines included."""
    lines = (adjustment for line in claim.lines for adjustment in line.adjustments)
    return total(adjustment.amount for adjustment in (*claim.adjustments, *lines))


def payment_expected(document: RemittanceDocument) -> Money:
    """What the claims and the provider adjustments together make the payment."""
    claims = total(claim.paid for claim in document.claims)
    return claims - total(adjustment.amount for adjustment in document.provider_adjustments)


def _is_balanced(claim: RemittanceClaim) -> bool:
    """Tell whether all equations of a claim hold; nearly all do, so that this must be fast."""
    left = claim.charge.cents
    charged = left if not claim.lines else 0
    for adjustment in claim.adjustments:
        left -= adjustment.amount.cents
    for line in claim.lines:
        charge = line.charge.cents
        adjusted = 0
        for adjustment in line.adjustments:
            adjusted += adjustment.amount.cents
        if charge - adjusted != line.paid.cents:
            return False
        charged += charge
        left -= adjusted
    return left == claim.paid.cents and charged == claim.charge.cents


def _line_gaps(claim: RemittanceClaim, ordinal: int) -> Iterator[Gap]:
    for number, line in enumerate(claim.lines, start=1):
        adjusted = total(adjustment.amount for adjustment in line.adjustments)
        if line.charge - adjusted != line.paid:
            message = f"charge {line.charge} less adjustments {adjusted} is not paid {line.paid}"
            yield Gap(LINE_BALANCE, "SVC03", message, ordinal, number)


def _claim_gaps(claim: RemittanceClaim, ordinal: int) -> Iterator[Gap]:
    adjusted = claim_adjusted(claim)
    if claim.charge - adjusted != claim.paid:
        message = f"charge {claim.charge} less adjustments {adjusted} is not paid {claim.paid}"
        yield Gap(CLAIM_BALANCE, "CLP04", message, ordinal)
    charged = total(line.charge for line in claim.lines)
    if claim.lines and charged != claim.charge:
        message = f"lines charge {charged}, the claim {claim.charge}"
        yield Gap(CLAIM_BALANCE, "CLP03", message, ordinal)


def _payment_gaps(document: RemittanceDocument, claimed: Money) -> Iterator[Gap]:
    expected = claimed - total(one.amount for one in document.provider_adjustments)
    paid = document.amount if document.is_credit else -document.amount
    if paid != expected:
        message = f"payment {paid} is not claims less provider adjustments {expected}"
        yield Gap(PAYMENT_BALANCE, "BPR02", message)
