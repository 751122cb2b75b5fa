"""The life of an edit that a practice's own denials propose."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EditState(StrEnum):
    """Where a proposed edit stands."""

    PROPOSED = "proposed"
    ON = "on"
    OFF = "off"
    REJECTED = "rejected"


class EditEvent(StrEnum):
    """What a manager decides about it."""

    SWITCH_ON = "switch_on"
    SWITCH_OFF = "switch_off"
    REJECT = "reject"


TERMINAL_EDIT_STATES: Final[frozenset[EditState]] = frozenset()

EDIT_TRANSITIONS: Final[Mapping[tuple[EditState, EditEvent], EditState]] = MappingProxyType(
    {
        (EditState.PROPOSED, EditEvent.SWITCH_ON): EditState.ON,
        (EditState.PROPOSED, EditEvent.REJECT): EditState.REJECTED,
        (EditState.ON, EditEvent.SWITCH_OFF): EditState.OFF,
        (EditState.OFF, EditEvent.SWITCH_ON): EditState.ON,
        (EditState.OFF, EditEvent.REJECT): EditState.REJECTED,
        (EditState.REJECTED, EditEvent.SWITCH_ON): EditState.ON,
    }
)
