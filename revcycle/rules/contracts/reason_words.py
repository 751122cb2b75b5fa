"""Why a payment is not as agreed, in words for people."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

REASON_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "variance.changed_code": "another code was judged than was billed",
        "variance.merged_lines": "lines were judged together, or as other services",
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
    """Say why a payment differs; a reason without words is said by its name.

    Source:
        Our own reasons; see ``explain_difference``.
    """
    return REASON_WORDS.get(reason, reason)
