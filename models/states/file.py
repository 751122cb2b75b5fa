"""The lives of inbound and outbound files, and what became of each intake record."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class InboundFileState(StrEnum):
    """Where a received file stands. Its bytes never change."""

    RECEIVED = "received"  # stored with its hash; nothing made of it yet
    POSTED = "posted"  # everything it says is in our books
    QUARANTINED = "quarantined"  # refused as a whole; a work item says why


class InboundFileEvent(StrEnum):
    """What can happen to a received file."""

    POST = "post"
    QUARANTINE = "quarantine"
    RELEASE = "release"


TERMINAL_INBOUND_FILE_STATES: Final = frozenset({InboundFileState.POSTED})

INBOUND_FILE_TRANSITIONS: Final[
    Mapping[tuple[InboundFileState, InboundFileEvent], InboundFileState]
] = MappingProxyType(
    {
        (InboundFileState.RECEIVED, InboundFileEvent.POST): InboundFileState.POSTED,
        (InboundFileState.RECEIVED, InboundFileEvent.QUARANTINE): InboundFileState.QUARANTINED,
        (InboundFileState.QUARANTINED, InboundFileEvent.RELEASE): InboundFileState.RECEIVED,
    }
)


class OutboundFileState(StrEnum):
    """Where a file to send stands. Its bytes never change."""

    READY = "ready"  # written in one transaction with the state of what it carries
    SENDING = "sending"  # a sender took it; after a crash nobody knows whether it left
    UNCERTAIN = "uncertain"  # nobody could find out; a person decides
    SENT = "sent"  # the partner's folder held it under its final name
    REFUSED = "refused"  # the partner or a TA1 refused the file as a whole


class OutboundFileEvent(StrEnum):
    """What can happen to a file to send."""

    TAKE = "take"
    CONFIRM = "confirm"
    RETURN = "return"  # it is known that nothing was left with the partner
    DOUBT = "doubt"
    REFUSE = "refuse"


TERMINAL_OUTBOUND_FILE_STATES: Final = frozenset({OutboundFileState.REFUSED})

OUTBOUND_FILE_TRANSITIONS: Final[
    Mapping[tuple[OutboundFileState, OutboundFileEvent], OutboundFileState]
] = MappingProxyType(
    {
        (OutboundFileState.READY, OutboundFileEvent.TAKE): OutboundFileState.SENDING,
        (OutboundFileState.SENDING, OutboundFileEvent.CONFIRM): OutboundFileState.SENT,
        (OutboundFileState.SENDING, OutboundFileEvent.RETURN): OutboundFileState.READY,
        (OutboundFileState.SENDING, OutboundFileEvent.DOUBT): OutboundFileState.UNCERTAIN,
        (OutboundFileState.SENDING, OutboundFileEvent.REFUSE): OutboundFileState.REFUSED,
        # An acknowledgement proves that an uncertain file arrived.
        (OutboundFileState.UNCERTAIN, OutboundFileEvent.CONFIRM): OutboundFileState.SENT,
        (OutboundFileState.UNCERTAIN, OutboundFileEvent.RETURN): OutboundFileState.READY,
        (OutboundFileState.UNCERTAIN, OutboundFileEvent.REFUSE): OutboundFileState.REFUSED,
        (OutboundFileState.SENT, OutboundFileEvent.REFUSE): OutboundFileState.REFUSED,
    }
)


class IntakeOutcome(StrEnum):
    """What became of one record of an intake file. Every record has exactly one."""

    ACCEPTED = "accepted"
    NEEDS_FIX = "needs_fix"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
