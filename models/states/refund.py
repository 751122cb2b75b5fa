"""The life of a refund, and of the credit that it gives back."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class RefundPayee(StrEnum):
    """Whose money goes back."""

    PATIENT = "patient"
    PAYER = "payer"


class RefundState(StrEnum):
    """Where a refund stands."""

    REQUESTED = "requested"  # a second person decides
    APPROVED = "approved"  # it may be paid
    REFUSED = "refused"
    PAID = "paid"  # a check left, and the bank has not shown it yet
    CLEARED = "cleared"  # the bank shows it
    VOID = "void"  # withdrawn, or its check never was cashed


class RefundEvent(StrEnum):
    """What can happen to a refund."""

    APPROVE = "approve"
    REFUSE = "refuse"
    PAY = "pay"
    CLEAR = "clear"
    VOID = "void"


TERMINAL_REFUND_STATES: Final = frozenset(
    {RefundState.REFUSED, RefundState.CLEARED, RefundState.VOID}
)
# The credit is spoken for, and still stands in the books.
OPEN_REFUND_STATES: Final = (RefundState.REQUESTED, RefundState.APPROVED)

# It gives money back, or is going to.
STANDING_REFUND_STATES: Final = (*OPEN_REFUND_STATES, RefundState.PAID, RefundState.CLEARED)

REFUND_TRANSITIONS: Final[Mapping[tuple[RefundState, RefundEvent], RefundState]] = MappingProxyType(
    {
        (RefundState.REQUESTED, RefundEvent.APPROVE): RefundState.APPROVED,
        (RefundState.REQUESTED, RefundEvent.REFUSE): RefundState.REFUSED,
        (RefundState.REQUESTED, RefundEvent.VOID): RefundState.VOID,
        (RefundState.APPROVED, RefundEvent.PAY): RefundState.PAID,
        (RefundState.APPROVED, RefundEvent.VOID): RefundState.VOID,
        (RefundState.PAID, RefundEvent.CLEAR): RefundState.CLEARED,
        (RefundState.PAID, RefundEvent.VOID): RefundState.VOID,
    }
)


class CreditBalanceState(StrEnum):
    """Where a credit stands that is owed back."""

    OPEN = "open"
    CLEARED = "cleared"  # used, refunded, or taken back by the payer


class CreditBalanceEvent(StrEnum):
    """What can happen to a credit."""

    CLEAR = "clear"


TERMINAL_CREDIT_BALANCE_STATES: Final = frozenset({CreditBalanceState.CLEARED})

CREDIT_BALANCE_TRANSITIONS: Final[
    Mapping[tuple[CreditBalanceState, CreditBalanceEvent], CreditBalanceState]
] = MappingProxyType(
    {(CreditBalanceState.OPEN, CreditBalanceEvent.CLEAR): CreditBalanceState.CLEARED}
)
