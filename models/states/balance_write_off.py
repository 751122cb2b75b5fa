"""The life of a request to give up what a patient owes."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class BalanceWriteOffKind(StrEnum):
    """Why a patient's balance is given up."""

    CHARITY = "charity"  # the patient cannot pay
    BAD_DEBT = "bad_debt"  # the patient does not pay


class BalanceWriteOffState(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


class BalanceWriteOffEvent(StrEnum):
    """What a second person decides."""

    APPROVE = "approve"
    REFUSE = "refuse"


TERMINAL_BALANCE_WRITE_OFF_STATES: Final = frozenset(
    {BalanceWriteOffState.APPROVED, BalanceWriteOffState.REFUSED}
)

BALANCE_WRITE_OFF_TRANSITIONS: Final[
    Mapping[tuple[BalanceWriteOffState, BalanceWriteOffEvent], BalanceWriteOffState]
] = MappingProxyType(
    {
        (
            BalanceWriteOffState.REQUESTED,
            BalanceWriteOffEvent.APPROVE,
        ): BalanceWriteOffState.APPROVED,
        (
            BalanceWriteOffState.REQUESTED,
            BalanceWriteOffEvent.REFUSE,
        ): BalanceWriteOffState.REFUSED,
    }
)
