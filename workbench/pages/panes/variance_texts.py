"""Words for the states of payment variances."""

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
