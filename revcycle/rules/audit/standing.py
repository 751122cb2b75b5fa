"""How much of a coder's work must be audited."""

from decimal import Decimal

from models.values.coding_audit import CoderStanding
from revcycle.rules.audit.accuracy import Accuracy


def stand_of(codes: Accuracy, *, cases: int, new_coder_cases: int, floor: Decimal) -> CoderStanding:
    """Say whether samples are enough for a coder, or every chart is audited.

    Args:
        codes: Code-over-code accuracy of the coder's closed cases.
        cases: How many cases that were.
        new_coder_cases: How many closed cases it takes to say anything.
        floor: The share that must be reached.

    Returns:
        NEW with fewer cases; BELOW_FLOOR when the lower bound of the interval lies below the
        floor, so that the true accuracy may; else COMPETENT.

    Source:
        Every chart of a new coder until competent, about thirty cases a period, a floor of 95 %:
        the common norms of AHIMA, AAPC and ACDIS; by the lower bound, because samples are small.
    """
    if cases < new_coder_cases:
        return CoderStanding.NEW
    if not codes.count:
        return CoderStanding.COMPETENT  # a practice that asks for no first cases
    low, _ = codes.interval
    return CoderStanding.BELOW_FLOOR if low < floor else CoderStanding.COMPETENT
