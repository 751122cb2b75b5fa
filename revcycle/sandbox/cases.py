"""Which of the rarer cases happens to a claim: one at most."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.claim import ClaimDocument
from revcycle.sandbox.case import Case
from revcycle.sandbox.chance import Chance
from revcycle.sandbox.rulebook import Rulebook

CASE_MARK: Final = "CASE-"  # a member number that begins so names the case it meets


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
