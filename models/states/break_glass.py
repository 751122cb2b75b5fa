"""The life of an emergency access to a practice."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class BreakGlassState(StrEnum):
    """Where an emergency access stands. It opens nothing any more once its hour is over."""

    OPEN = "open"
    ENDED = "ended"  # given back before its hour was over; to be reviewed
    APPROVED = "approved"  # a reviewer found it justified
    OBJECTED = "objected"  # a reviewer did not


class BreakGlassEvent(StrEnum):
    """What can happen to an emergency access."""

    END = "end"
    APPROVE = "approve"
    OBJECT = "object"


TERMINAL_BREAK_GLASS_STATES: Final = frozenset({BreakGlassState.APPROVED, BreakGlassState.OBJECTED})

BREAK_GLASS_TRANSITIONS: Final[
    Mapping[tuple[BreakGlassState, BreakGlassEvent], BreakGlassState]
] = MappingProxyType(
    {
        (BreakGlassState.OPEN, BreakGlassEvent.END): BreakGlassState.ENDED,
        # A review while it lasts ends it.
        (BreakGlassState.OPEN, BreakGlassEvent.APPROVE): BreakGlassState.APPROVED,
        (BreakGlassState.OPEN, BreakGlassEvent.OBJECT): BreakGlassState.OBJECTED,
        (BreakGlassState.ENDED, BreakGlassEvent.APPROVE): BreakGlassState.APPROVED,
        (BreakGlassState.ENDED, BreakGlassEvent.OBJECT): BreakGlassState.OBJECTED,
    }
)
