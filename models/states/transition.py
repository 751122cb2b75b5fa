"""The one way a record changes state."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from models.errors import RejectedError

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


class IllegalTransitionError(RejectedError):
    """The record is not in a state where this event may happen."""

    def __init__(self, state: StrEnum, event: StrEnum) -> None:
        self.state = state
        self.event = event
        super().__init__(f"cannot {event} what is {state}")


def follow(table: Mapping[tuple[State, Event], State], state: State, event: Event) -> State:
    """Return the state that ``event`` leads to.

    Raises:
        IllegalTransitionError: the table has no such move.
    """
    try:
        return table[state, event]
    except KeyError:
        raise IllegalTransitionError(state, event) from None
