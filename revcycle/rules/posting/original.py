"""Which earlier decision does a reversal take back?"""

from collections.abc import Iterable

from models.documents.posting import EarlierDecision
from models.documents.remittance import RemittanceClaim


def find_original(
    reversal: RemittanceClaim, earlier: Iterable[EarlierDecision]
) -> EarlierDecision | None:
    """Find the decision whose charge and payment the reversal negates, the latest if several.

    A decision under the reversal's own payer number is preferred: a replacement has another.

    Args:
        reversal: The claim with status 22.
        earlier: Decisions of the same claim of ours that still stand, oldest first.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.8 (reversals and corrections).
    """
    alike = [
        decision
        for decision in earlier
        if decision.charge == -reversal.charge and decision.paid == -reversal.paid
    ]
    named = [
        decision
        for decision in alike
        if decision.payer_claim_control_number == reversal.payer_claim_control_number
    ]
    return next(reversed(named or alike), None)
