"""What kind of decision is a claim of a remittance?"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.documents.remittance import RemittanceClaim
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState

_RANKS: Final[Mapping[str, int]] = MappingProxyType(
    {"1": 1, "2": 2, "3": 3, "19": 1, "20": 2, "21": 3}
)
HIGHEST_RANK: Final = 3
FORWARDED_STATUSES: Final = frozenset({"19", "20", "21"})
DENIED_STATUS: Final = "4"
DECIDED_STATES: Final = frozenset({ClaimState.PAID, ClaimState.DENIED, ClaimState.CLOSED})


class DecisionKind(StrEnum):
    """What a claim of a remittance does."""

    DECIDES = "decides"
    REVERSES = "reverses"
    NOTHING = "nothing"  # forwarded undecided, a prediction, or a status we do not know


def decision_kind(decision: RemittanceClaim) -> DecisionKind:
    """Tell what a claim of a remittance does to our claim.

    A denial is never told by the status: an ordinary one arrives as processed, with nothing paid.

    Source:
        ASC X12 005010X221A1 (835), CLP02.
    """
    if decision.is_reversal:
        return DecisionKind.REVERSES
    if decision.status in _RANKS or decision.status == DENIED_STATUS:
        return DecisionKind.DECIDES
    return DecisionKind.NOTHING


def decided_rank(status: str, claim_rank: int, *, asked_rank: int) -> int:
    """Tell as which payer it was decided; a forwarded claim is answered under our first number.

    Payers count from the place that the claim named. The books keep a claim that was billed to
    another payer after a denial on a later place than it named.

    Args:
        status: What the payer wrote.
        claim_rank: The claim's place in the books.
        asked_rank: As which payer the claim itself asked.

    Source:
        ASC X12 005010X221A1 (835), CLP02: 1, 2, 3 and 19, 20, 21 name the payer's place.
    """
    said = _RANKS.get(status, asked_rank) + claim_rank - asked_rank
    return min(max(said, claim_rank), HIGHEST_RANK)


def may_decide(state: ClaimState) -> bool:
    """Tell whether a claim in this state waits for a decision.

    Source:
        The claim's transition table.
    """
    return (state, ClaimEvent.PAY) in CLAIM_TRANSITIONS
