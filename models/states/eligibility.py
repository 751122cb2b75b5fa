"""The life of an eligibility check, and the verdicts it can reach."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EligibilityState(StrEnum):
    """Where one question about one coverage on one date stands."""

    OPEN = "open"  # to be asked
    ASKED = "asked"  # its bytes are in an outbound 270
    ANSWERED = "answered"  # a 271 was read
    FAILED = "failed"  # the payer could not or would not answer


class EligibilityEvent(StrEnum):
    """What can happen to an eligibility check."""

    ASK = "ask"
    ANSWER = "answer"
    FAIL = "fail"
    RETRY = "retry"


# An answer is not the end: a question that was asked with a wrong number is asked again.
TERMINAL_ELIGIBILITY_STATES: Final[frozenset[EligibilityState]] = frozenset()

ELIGIBILITY_TRANSITIONS: Final[
    Mapping[tuple[EligibilityState, EligibilityEvent], EligibilityState]
] = MappingProxyType(
    {
        (EligibilityState.OPEN, EligibilityEvent.ASK): EligibilityState.ASKED,
        (EligibilityState.ASKED, EligibilityEvent.ANSWER): EligibilityState.ANSWERED,
        (EligibilityState.ASKED, EligibilityEvent.FAIL): EligibilityState.FAILED,
        (EligibilityState.FAILED, EligibilityEvent.RETRY): EligibilityState.OPEN,
        (EligibilityState.ANSWERED, EligibilityEvent.RETRY): EligibilityState.OPEN,
    }
)


class EligibilityVerdict(StrEnum):
    """What the check says about the encounter."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    NOT_FOUND = "not_found"
    OTHER_PAYER = "other_payer"
    LIMIT_REACHED = "limit_reached"
    REFUSED = "refused"  # AAA: the payer refuses to answer as asked; reason code kept
    NOT_VERIFIABLE = "not_verifiable"  # the payer has no 270/271, or the practice verifies itself
