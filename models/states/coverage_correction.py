"""The life of a member number that a payer corrected in a remittance."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class CoverageCorrectionState(StrEnum):
    """Where a correction stands."""

    PROPOSED = "proposed"  # the payer said it; nothing of ours changed
    ACCEPTED = "accepted"  # the coverage has the new number
    REFUSED = "refused"  # a person kept ours


class CoverageCorrectionEvent(StrEnum):
    """What a person decides about it."""

    ACCEPT = "accept"
    REFUSE = "refuse"


TERMINAL_COVERAGE_CORRECTION_STATES: Final = frozenset(
    {CoverageCorrectionState.ACCEPTED, CoverageCorrectionState.REFUSED}
)

COVERAGE_CORRECTION_TRANSITIONS: Final[
    Mapping[tuple[CoverageCorrectionState, CoverageCorrectionEvent], CoverageCorrectionState]
] = MappingProxyType(
    {
        (
            CoverageCorrectionState.PROPOSED,
            CoverageCorrectionEvent.ACCEPT,
        ): CoverageCorrectionState.ACCEPTED,
        (
            CoverageCorrectionState.PROPOSED,
            CoverageCorrectionEvent.REFUSE,
        ): CoverageCorrectionState.REFUSED,
    }
)
