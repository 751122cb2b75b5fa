"""The life of a denial: a line adjudicated and not paid, to be worked."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class DenialState(StrEnum):
    """Where a denial stands."""

    OPEN = "open"
    CORRECTED = "corrected"  # a corrected claim is on its way
    APPEALED = "appealed"  # a letter asks the payer to decide anew
    RECORDS_REQUESTED = "records_requested"  # the payer asked for records and decides with them
    WRITE_OFF_REQUESTED = "write_off_requested"  # a second person decides
    WRITTEN_OFF = "written_off"
    BILLED_TO_PATIENT = "billed_to_patient"
    REVERSED = "reversed"  # the payer took the decision back
    CLOSED = "closed"  # settled otherwise, with a reason


class DenialEvent(StrEnum):
    """What can happen to a denial."""

    CORRECT = "correct"
    APPEAL = "appeal"
    LOSE_APPEAL = "lose_appeal"
    WITHDRAW_APPEAL = "withdraw_appeal"
    REQUEST_RECORDS = "request_records"
    END_RECORDS = "end_records"
    REQUEST_WRITE_OFF = "request_write_off"
    APPROVE_WRITE_OFF = "approve_write_off"
    REFUSE_WRITE_OFF = "refuse_write_off"
    BILL_PATIENT = "bill_patient"
    REVERSE = "reverse"
    CLOSE = "close"


TERMINAL_DENIAL_STATES: Final = frozenset(
    {
        DenialState.WRITTEN_OFF,
        DenialState.BILLED_TO_PATIENT,
        DenialState.REVERSED,
        DenialState.CLOSED,
    }
)

# The amount still stands as denied, and somebody works on it.
UNRESOLVED_DENIAL_STATES: Final = (
    DenialState.OPEN,
    DenialState.APPEALED,
    DenialState.RECORDS_REQUESTED,
    DenialState.WRITE_OFF_REQUESTED,
)

DENIAL_TRANSITIONS: Final[Mapping[tuple[DenialState, DenialEvent], DenialState]] = MappingProxyType(
    {
        (DenialState.OPEN, DenialEvent.CORRECT): DenialState.CORRECTED,
        (DenialState.OPEN, DenialEvent.APPEAL): DenialState.APPEALED,
        (DenialState.OPEN, DenialEvent.REQUEST_RECORDS): DenialState.RECORDS_REQUESTED,
        (DenialState.OPEN, DenialEvent.REQUEST_WRITE_OFF): DenialState.WRITE_OFF_REQUESTED,
        (DenialState.OPEN, DenialEvent.BILL_PATIENT): DenialState.BILLED_TO_PATIENT,
        (DenialState.OPEN, DenialEvent.REVERSE): DenialState.REVERSED,
        (DenialState.OPEN, DenialEvent.CLOSE): DenialState.CLOSED,
        (DenialState.CORRECTED, DenialEvent.REVERSE): DenialState.REVERSED,
        (DenialState.CORRECTED, DenialEvent.CLOSE): DenialState.CLOSED,
        (DenialState.APPEALED, DenialEvent.LOSE_APPEAL): DenialState.OPEN,
        (DenialState.APPEALED, DenialEvent.WITHDRAW_APPEAL): DenialState.OPEN,
        (DenialState.APPEALED, DenialEvent.REVERSE): DenialState.REVERSED,
        (DenialState.APPEALED, DenialEvent.CLOSE): DenialState.CLOSED,
        (DenialState.RECORDS_REQUESTED, DenialEvent.END_RECORDS): DenialState.OPEN,
        (DenialState.RECORDS_REQUESTED, DenialEvent.REVERSE): DenialState.REVERSED,
        (DenialState.RECORDS_REQUESTED, DenialEvent.CLOSE): DenialState.CLOSED,
        (
            DenialState.WRITE_OFF_REQUESTED,
            DenialEvent.APPROVE_WRITE_OFF,
        ): DenialState.WRITTEN_OFF,
        (DenialState.WRITE_OFF_REQUESTED, DenialEvent.REFUSE_WRITE_OFF): DenialState.OPEN,
        (DenialState.WRITE_OFF_REQUESTED, DenialEvent.REVERSE): DenialState.REVERSED,
        # A payer may take back what we thought was finished.
        (DenialState.WRITTEN_OFF, DenialEvent.REVERSE): DenialState.REVERSED,
        (DenialState.BILLED_TO_PATIENT, DenialEvent.REVERSE): DenialState.REVERSED,
        (DenialState.CLOSED, DenialEvent.REVERSE): DenialState.REVERSED,
    }
)
