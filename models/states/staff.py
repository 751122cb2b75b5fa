"""The life of a person's right to sign in."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class StaffState(StrEnum):
    """Where a person stands."""

    INVITED = "invited"  # has a one-time password; must choose one and enrol an authenticator
    ACTIVE = "active"  # signs in with password and second factor
    DISABLED = "disabled"  # may not sign in


class StaffEvent(StrEnum):
    """What can happen to a person's right to sign in."""

    JOIN = "join"  # the first complete sign-in
    RESET = "reset"  # authenticator and password are void
    DISABLE = "disable"
    INVITE = "invite"  # again, after being disabled


TERMINAL_STAFF_STATES: Final = frozenset({StaffState.ACTIVE, StaffState.DISABLED})

STAFF_TRANSITIONS: Final[Mapping[tuple[StaffState, StaffEvent], StaffState]] = MappingProxyType(
    {
        (StaffState.INVITED, StaffEvent.JOIN): StaffState.ACTIVE,
        (StaffState.INVITED, StaffEvent.RESET): StaffState.INVITED,
        (StaffState.INVITED, StaffEvent.DISABLE): StaffState.DISABLED,
        (StaffState.ACTIVE, StaffEvent.RESET): StaffState.INVITED,
        (StaffState.ACTIVE, StaffEvent.DISABLE): StaffState.DISABLED,
        (StaffState.DISABLED, StaffEvent.INVITE): StaffState.INVITED,
    }
)
