"""The life of a payment variance: a claim paid below or above what the contract says."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class VarianceState(StrEnum):
    """Where a variance stands."""

    OPEN = "open"  # nobody decided what to do
    DISPUTED = "disputed"  # the payer was told
    RECOVERED = "recovered"  # a later decision of the payer leveled it
    ACCEPTED = "accepted"  # the payer is right, our terms are not
    WRITTEN_OFF = "written_off"  # the payer is wrong, and we let it be
    WITHDRAWN = "withdrawn"  # the payer took the decision back: there is nothing to compare


class VarianceEvent(StrEnum):
    """What can happen to a variance."""

    DISPUTE = "dispute"
    RECOVER = "recover"
    ACCEPT = "accept"
    WRITE_OFF = "write_off"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


STANDING_VARIANCE_STATES: Final = frozenset({VarianceState.OPEN, VarianceState.DISPUTED})
TERMINAL_VARIANCE_STATES: Final = frozenset(
    {VarianceState.RECOVERED, VarianceState.ACCEPTED, VarianceState.WRITTEN_OFF}
)

VARIANCE_TRANSITIONS: Final[Mapping[tuple[VarianceState, VarianceEvent], VarianceState]] = (
    MappingProxyType(
        {
            (VarianceState.OPEN, VarianceEvent.DISPUTE): VarianceState.DISPUTED,
            (VarianceState.OPEN, VarianceEvent.RECOVER): VarianceState.RECOVERED,
            (VarianceState.OPEN, VarianceEvent.ACCEPT): VarianceState.ACCEPTED,
            (VarianceState.OPEN, VarianceEvent.WRITE_OFF): VarianceState.WRITTEN_OFF,
            (VarianceState.OPEN, VarianceEvent.WITHDRAW): VarianceState.WITHDRAWN,
            (VarianceState.DISPUTED, VarianceEvent.RECOVER): VarianceState.RECOVERED,
            (VarianceState.DISPUTED, VarianceEvent.ACCEPT): VarianceState.ACCEPTED,
            (VarianceState.DISPUTED, VarianceEvent.WRITE_OFF): VarianceState.WRITTEN_OFF,
            (VarianceState.WITHDRAWN, VarianceEvent.REOPEN): VarianceState.OPEN,
        }
    )
)
