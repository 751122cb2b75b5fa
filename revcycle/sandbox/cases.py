"""What may happen to a claim beyond being paid, denied or refused: one case a claim at most."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.documents.claim import ClaimDocument
from revcycle.sandbox.chance import Chance
from revcycle.sandbox.rulebook import Rulebook

CASE_MARK: Final = "CASE-"  # a member number that begins so names the case it meets


class Case(StrEnum):
    """What payers do, each for once; the rule file says how often."""

    # How a first payer writes what it decided.
    ZERO_PAID = "zero_paid"
    CLAIM_LEVEL = "claim_level"
    CHANGED_CODE = "changed_code"
    SPLIT_LINE = "split_line"
    MERGED_LINES = "merged_lines"
    NO_MODIFIERS = "no_modifiers"
    NUMBER_LOST = "number_lost"
    CORRECTED_INSURED = "corrected_insured"
    PREDICTED = "predicted"  # CLP02 25, and later the decision
    NOT_OURS = "not_ours"  # CLP02 23
    # Decisions taken back.
    REVERSED_TOGETHER = "reversed_together"  # reversal and correction in one file
    REVERSED_APART = "reversed_apart"
    CORRECTED_FIRST = "corrected_first"  # the correction comes before the reversal
    REVERSED_FIRST = "reversed_first"  # the reversal comes before what it takes back
    REVERSED_ONLY = "reversed_only"
    TAKEN_WITH_REVERSAL = "taken_with_reversal"  # announced by WO, and taken later
    TAKEN_WITHOUT_REVERSAL = "taken_without_reversal"
    # Money outside claims.
    FORWARDED_BALANCE = "forwarded_balance"
    REFUND_ACKNOWLEDGED = "refund_acknowledged"
    INTEREST = "interest"
    UNEXPLAINED = "unexplained"
    NOT_REIMBURSED = "not_reimbursed"
    TAX_WITHHELD = "tax_withheld"
    LEVY = "levy"
    WITHHOLDING = "withholding"
    LATE_CHARGE = "late_charge"
    CAPITATION = "capitation"
    # Later payers.
    REPEATS_DIFFERENCE = "repeats_difference"  # its CO-45 holds what the first payer settled
    CUTS_MORE = "cuts_more"
    LEAVES_SHARE = "leaves_share"


LATER_PAYER: Final = frozenset({Case.REPEATS_DIFFERENCE, Case.CUTS_MORE, Case.LEAVES_SHARE})
TAKEN_BACK: Final = frozenset(
    {
        Case.REVERSED_TOGETHER,
        Case.REVERSED_APART,
        Case.CORRECTED_FIRST,
        Case.REVERSED_FIRST,
        Case.REVERSED_ONLY,
        Case.TAKEN_WITH_REVERSAL,
    }
)
CORRECTED: Final = frozenset(
    {
        Case.REVERSED_TOGETHER,
        Case.REVERSED_APART,
        Case.CORRECTED_FIRST,
        Case.REVERSED_FIRST,
    }
)
_LINES_NEEDED: Final[Mapping[Case, int]] = MappingProxyType({Case.MERGED_LINES: 2})


def draw_case(
    claim: ClaimDocument, rulebook: Rulebook, chance: Chance, *, is_first: bool
) -> Case | None:
    """Tell what happens to a claim that is paid, by its member number or by chance.

    Args:
        claim: The claim.
        rulebook: How often each case comes.
        chance: The lots of the claim.
        is_first: No other payer decided before.
    """
    eligible = [
        case
        for case in Case
        if (case in LATER_PAYER) is not is_first and len(claim.lines) >= _LINES_NEEDED.get(case, 1)
    ]
    member_id = claim.subscriber.member_id
    if member_id.startswith(CASE_MARK):
        return next((case for case in eligible if member_id.startswith(mark_of(case))), None)
    weights = [rulebook.cases.weights.get(case, 0) for case in eligible]
    if not any(weights) or not chance.happens("case", rulebook.cases.rate):
        return None
    return eligible[chance.pick("which case", weights)]


def mark_of(case: Case) -> str:
    """Return how a member number begins that asks for a case."""
    return f"{CASE_MARK}{case.value.upper().replace('_', '-')}-"
