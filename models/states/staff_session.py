"""The life of a person's session in the workbench."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class SessionState(StrEnum):
    """Where a session stands. That its time is over is told by its instants, not by a state."""

    BEGUN = "begun"  # the password was right; something more is asked
    SIGNED_IN = "signed_in"
    ENDED = "ended"


class SessionEvent(StrEnum):
    """What can happen to a session."""

    SIGN_IN = "sign_in"
    END = "end"


TERMINAL_SESSION_STATES: Final = frozenset({SessionState.ENDED})

SESSION_TRANSITIONS: Final[Mapping[tuple[SessionState, SessionEvent], SessionState]] = (
    MappingProxyType(
        {
            (SessionState.BEGUN, SessionEvent.SIGN_IN): SessionState.SIGNED_IN,
            (SessionState.BEGUN, SessionEvent.END): SessionState.ENDED,
            (SessionState.SIGNED_IN, SessionEvent.END): SessionState.ENDED,
        }
    )
)
