"""The lives of a statement and of the message that carries it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class StatementState(StrEnum):
    """Where a statement stands."""

    DRAFTED = "drafted"  # its balance and lines are fixed; the PDF can be made again from them
    RELEASED = "released"  # a message carries it
    CANCELLED = "cancelled"  # paid, or stopped by a person, before it left


class StatementEvent(StrEnum):
    """What can happen to a statement."""

    RELEASE = "release"
    CANCEL = "cancel"


TERMINAL_STATEMENT_STATES: Final = frozenset({StatementState.RELEASED, StatementState.CANCELLED})

STATEMENT_TRANSITIONS: Final[Mapping[tuple[StatementState, StatementEvent], StatementState]] = (
    MappingProxyType(
        {
            (StatementState.DRAFTED, StatementEvent.RELEASE): StatementState.RELEASED,
            (StatementState.DRAFTED, StatementEvent.CANCEL): StatementState.CANCELLED,
        }
    )
)


class MessageState(StrEnum):
    """Where an e-mail stands."""

    QUEUED = "queued"
    SENDING = "sending"  # handed to the server; after a crash nobody knows
    SENT = "sent"  # the server answered 250
    UNCERTAIN = "uncertain"  # the answer was lost; a person decides
    REFUSED = "refused"  # the server refused the address for good


class MessageEvent(StrEnum):
    """What can happen to an e-mail."""

    TAKE = "take"
    CONFIRM = "confirm"
    RETURN = "return"
    DOUBT = "doubt"
    REFUSE = "refuse"


TERMINAL_MESSAGE_STATES: Final = frozenset({MessageState.SENT, MessageState.REFUSED})

MESSAGE_TRANSITIONS: Final[Mapping[tuple[MessageState, MessageEvent], MessageState]] = (
    MappingProxyType(
        {
            (MessageState.QUEUED, MessageEvent.TAKE): MessageState.SENDING,
            (MessageState.SENDING, MessageEvent.CONFIRM): MessageState.SENT,
            (MessageState.SENDING, MessageEvent.RETURN): MessageState.QUEUED,
            (MessageState.SENDING, MessageEvent.DOUBT): MessageState.UNCERTAIN,
            (MessageState.SENDING, MessageEvent.REFUSE): MessageState.REFUSED,
            (MessageState.UNCERTAIN, MessageEvent.CONFIRM): MessageState.SENT,
            (MessageState.UNCERTAIN, MessageEvent.RETURN): MessageState.QUEUED,
        }
    )
)
