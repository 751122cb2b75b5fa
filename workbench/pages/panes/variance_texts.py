"""Words for payment variances."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.states.variance import VarianceState

STATE_WORDS: Final[Mapping[VarianceState, str]] = MappingProxyType(
    {
        VarianceState.OPEN: "nobody decided yet",
        VarianceState.DISPUTED: "the payer was told",
        VarianceState.RECOVERED: "leveled by a later decision",
        VarianceState.ACCEPTED: "the payer is right, our terms are not",
        VarianceState.WRITTEN_OFF: "the payer is wrong, and we let it be",
        VarianceState.WITHDRAWN: "the payer took its decision back",
    }
)
REASON_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "variance.changed_code": "another code was judged than was billed",
        "variance.merged_lines": "the payer judged other services than were billed",
        "variance.claim_level": "the payer adjusted the claim as a whole",
        "variance.multiple_procedure": "reduced as one of several procedures",
        "variance.no_reduction": "not reduced as one of several procedures",
        "variance.modifier_ignored": "a modifier was ignored",
        "variance.units": "one unit was paid of several",
        "variance.other_term": "a term of another period was used",
        "variance.below_contract": "below the contract, for no reason that arithmetic shows",
        "variance.above_contract": "above the contract, for no reason that arithmetic shows",
        "variance.disputed": "an answer is due",
        "variance.let_be_requested": "somebody asks to let it be",
    }
)


def say_reason(reason: str) -> str:
    """Say why a payment differs."""
    return REASON_WORDS.get(reason, reason)
