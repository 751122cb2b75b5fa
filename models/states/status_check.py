"""The life of a question about a claim, and what a payer's answer means for it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class StatusCheckState(StrEnum):
    """Where one question about one claim stands."""

    OPEN = "open"  # to be asked
    ASKED = "asked"  # its bytes are in an outbound 276
    ANSWERED = "answered"  # a 277 was read
    FAILED = "failed"  # it could not be asked, or nobody answered


class StatusCheckEvent(StrEnum):
    """What can happen to a question about a claim."""

    ASK = "ask"
    ANSWER = "answer"
    FAIL = "fail"


# A claim is asked about again by a question of its own, so that no answer is overwritten.
TERMINAL_STATUS_CHECK_STATES: Final = frozenset(
    {StatusCheckState.ANSWERED, StatusCheckState.FAILED}
)

STATUS_CHECK_TRANSITIONS: Final[
    Mapping[tuple[StatusCheckState, StatusCheckEvent], StatusCheckState]
] = MappingProxyType(
    {
        (StatusCheckState.OPEN, StatusCheckEvent.ASK): StatusCheckState.ASKED,
        (StatusCheckState.OPEN, StatusCheckEvent.FAIL): StatusCheckState.FAILED,
        (StatusCheckState.ASKED, StatusCheckEvent.ANSWER): StatusCheckState.ANSWERED,
        (StatusCheckState.ASKED, StatusCheckEvent.FAIL): StatusCheckState.FAILED,
    }
)


class StatusVerdict(StrEnum):
    """What a payer says became of a claim."""

    PENDING = "pending"  # it has the claim and will decide
    PAID = "paid"  # decided, with money
    DENIED = "denied"  # decided, without money
    NOT_FOUND = "not_found"  # it does not have the claim
    NEEDS_INFORMATION = "needs_information"  # it waits for us, or for the patient
    REFUSED = "refused"  # it sent the claim back before it was decided
    NOT_SAID = "not_said"  # it could not answer, or says what nobody here knows
