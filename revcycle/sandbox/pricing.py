"""What a payer pays of each line. Every cent of a charge is paid or explained."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from models.documents.claim import Adjustment, ClaimDocument, ClaimDocumentLine, LineAdjudication
from models.values.money import ZERO, Money, total

MEDICARE_INDICATORS: Final = frozenset({"MA", "MB"})
PATIENT_GROUP: Final = "PR"
WHOLE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class LineDecision:
    """One line as the payer judged it: charge - adjustments = paid.

    Attributes:
        is_refused: Nothing is paid, for a reason of its own.
        repeated: What of its write-off other payers settled before it.
    """

    paid: Money
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...] = ()
    allowed: Money | None = None
    is_refused: bool = False
    repeated: Money = ZERO


@dataclass(frozen=True, slots=True)
class Price:
    """What applies to one claim of a first payer."""

    allowed: Decimal  # of the charge
    deductible: Money  # still open for this claim
    copay: Money  # of this claim
    coinsurance: Decimal
    sequestration: Decimal

    def lowered(self, reduction: Decimal) -> "Price":
        """The same, with a part of the allowed amount taken away."""
        return replace(self, allowed=self.allowed * (WHOLE - reduction))


def price_lines(charges: Sequence[Money], price: Price) -> tuple[LineDecision, ...]:
    """Price a claim of a first payer; deductible, then co-pay, eat up the lines in their order."""
    deductible, copay = price.deductible, price.copay
    decisions = []
    for charge in charges:
        allowed = charge.times(price.allowed)
        of_deductible = min(deductible, allowed)
        of_copay = min(copay, allowed - of_deductible)
        deductible, copay = deductible - of_deductible, copay - of_copay
        share = (allowed - of_deductible - of_copay).times(price.coinsurance)
        payable = allowed - of_deductible - of_copay - share
        withheld = payable.times(price.sequestration)
        adjustments = (
            Adjustment("CO", "45", charge - allowed),
            Adjustment("CO", "253", withheld),
            Adjustment(PATIENT_GROUP, "1", of_deductible),
            Adjustment(PATIENT_GROUP, "2", share),
            Adjustment(PATIENT_GROUP, "3", of_copay),
        )
        decisions.append(LineDecision(payable - withheld, _told(adjustments), allowed=allowed))
    return tuple(decisions)


def deny_line(
    charge: Money, group: str, reason: str, remarks: tuple[str, ...] = ()
) -> LineDecision:
    """Pay nothing of a line, for one reason."""
    adjustments = _told((Adjustment(group, reason, charge),))
    return LineDecision(ZERO, adjustments, remarks, is_refused=True)


def pay_after_others(charge: Money, left: Money) -> LineDecision:
    """Pay what the earlier payers left to the patient; OA-23 explains the rest."""
    paid = max(ZERO, min(left, charge))
    return LineDecision(paid, _told((Adjustment("OA", "23", charge - paid),)), allowed=paid)


def deny_after_others(
    charge: Money, left: Money, group: str, reason: str, remarks: tuple[str, ...] = ()
) -> LineDecision:
    """Pay nothing of what the earlier payers left."""
    open_part = max(ZERO, min(left, charge))
    adjustments = (
        Adjustment(group, reason, open_part),
        Adjustment("OA", "23", charge - open_part),
    )
    return LineDecision(ZERO, _told(adjustments), remarks, is_refused=True)


def pay_in_part(charge: Money, left: Money, part: Decimal, group: str, reason: str) -> LineDecision:
    """Pay a part of what the earlier payers left, and say what becomes of the rest of it."""
    asked = max(ZERO, min(left, charge))
    paid = asked.times(part)
    adjustments = (
        Adjustment(group, reason, asked - paid),
        Adjustment("OA", "23", charge - asked),
    )
    return LineDecision(paid, _told(adjustments), allowed=paid)


def pay_and_repeat(charge: Money, left: Money, part: Decimal) -> LineDecision:
    """Pay a part of what the earlier payers left, and write the whole difference off.

    Source:
        X12 RFI 1696: some payers repeat as their own what others wrote off and paid.
    """
    asked = max(ZERO, min(left, charge))
    paid = asked.times(part)
    adjustments = _told((Adjustment("CO", "45", charge - paid),))
    return LineDecision(paid, adjustments, allowed=paid, repeated=charge - asked)


def left_by_others(claim: ClaimDocument) -> tuple[Money, ...] | None:
    """Return what earlier payers left to the patient, per line; None where no one says."""
    if any(line.adjudications for line in claim.lines):
        return tuple(map(_left_of_line, claim.lines))
    decided = [other for other in claim.other_payers if other.paid is not None]
    if not decided:
        return None
    left = patient_share(decided[-1].adjustments)
    charges = [line.charge.cents for line in claim.lines]
    return left.allocate(charges if any(charges) else [1] * len(charges))


def patient_share(adjustments: Sequence[Adjustment]) -> Money:
    """What adjustments leave to the patient."""
    return total(one.amount for one in adjustments if one.group == PATIENT_GROUP)


def _left_of_line(line: ClaimDocumentLine) -> Money:
    latest: LineAdjudication | None = max(
        line.adjudications, key=lambda decision: decision.paid_on, default=None
    )
    return ZERO if latest is None else patient_share(latest.adjustments)


def _told(adjustments: Sequence[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple(adjustment for adjustment in adjustments if adjustment.amount)
