"""The life of an encounter, from the practice's file to a claim."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EncounterState(StrEnum):
    """Where an encounter stands."""

    NEEDS_FIX = "needs_fix"  # something required is missing or wrong; a work item is open
    REGISTERED = "registered"  # complete enough to verify and to code
    CODING = "coding"  # lacks billable codes; waits for, or is with, a coder
    QUERIED = "queried"  # the provider was asked something
    CODED = "coded"  # codes are complete; the claim can be built
    BILLED = "billed"  # a claim, or the patient's own balance, carries it now
    VOIDED = "voided"  # not billable, with a reason


class EncounterEvent(StrEnum):
    """What can happen to an encounter."""

    FIX = "fix"
    QUEUE = "queue"
    QUERY = "query"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    COMPLETE = "complete"
    BILL = "bill"
    REOPEN = "reopen"
    VOID = "void"


TERMINAL_ENCOUNTER_STATES: Final = frozenset({EncounterState.VOIDED})

_OPEN: Final = (
    EncounterState.NEEDS_FIX,
    EncounterState.REGISTERED,
    EncounterState.CODING,
    EncounterState.QUERIED,
    EncounterState.CODED,
)

ENCOUNTER_TRANSITIONS: Final[Mapping[tuple[EncounterState, EncounterEvent], EncounterState]] = (
    MappingProxyType(
        {
            (EncounterState.NEEDS_FIX, EncounterEvent.FIX): EncounterState.REGISTERED,
            (EncounterState.REGISTERED, EncounterEvent.QUEUE): EncounterState.CODING,
            # Codes that arrive with the encounter need no coder.
            (EncounterState.REGISTERED, EncounterEvent.COMPLETE): EncounterState.CODED,
            (EncounterState.CODING, EncounterEvent.QUERY): EncounterState.QUERIED,
            (EncounterState.QUERIED, EncounterEvent.ANSWER): EncounterState.CODING,
            # The coder takes the question back: the note answers it after all.
            (EncounterState.QUERIED, EncounterEvent.WITHDRAW): EncounterState.CODING,
            (EncounterState.CODING, EncounterEvent.COMPLETE): EncounterState.CODED,
            (EncounterState.CODED, EncounterEvent.BILL): EncounterState.BILLED,
            (EncounterState.CODED, EncounterEvent.REOPEN): EncounterState.CODING,
            (EncounterState.BILLED, EncounterEvent.REOPEN): EncounterState.CODING,
            **{(state, EncounterEvent.VOID): EncounterState.VOIDED for state in _OPEN},
        }
    )
)
