"""The life of a clock."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ClockState(StrEnum):
    """Where a clock stands. That it is over is its date, not a state: it runs until it is met."""

    RUNNING = "running"  # what it is about must still be done
    STOPPED = "stopped"  # it was done, or is not needed any more


class ClockEvent(StrEnum):
    """What can happen to a clock."""

    STOP = "stop"
    RESTART = "restart"


# A claim that comes back must be filed again.
TERMINAL_CLOCK_STATES: Final[frozenset[ClockState]] = frozenset()

CLOCK_TRANSITIONS: Final[Mapping[tuple[ClockState, ClockEvent], ClockState]] = MappingProxyType(
    {
        (ClockState.RUNNING, ClockEvent.STOP): ClockState.STOPPED,
        (ClockState.STOPPED, ClockEvent.RESTART): ClockState.RUNNING,
    }
)
