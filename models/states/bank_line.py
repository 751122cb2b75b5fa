"""The life of a line of a bank statement."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class BankLineState(StrEnum):
    """Where a line of a bank statement stands."""

    UNMATCHED = "unmatched"  # the money is in the books; no remittance explains it yet
    MATCHED = "matched"  # remittances explain all of it
    RETURNED = "returned"  # a deposit and the debit that took it back; together they are nothing
    SET_ASIDE = "set_aside"  # no money of a payer, such as a fee: the reason stands beside it


class BankLineEvent(StrEnum):
    """What can happen to a line of a bank statement."""

    MATCH = "match"
    UNMATCH = "unmatch"
    CANCEL_OUT = "cancel_out"
    SET_ASIDE = "set_aside"
    BRING_BACK = "bring_back"


TERMINAL_BANK_LINE_STATES: Final = frozenset(
    {BankLineState.MATCHED, BankLineState.RETURNED, BankLineState.SET_ASIDE}
)

BANK_LINE_TRANSITIONS: Final[Mapping[tuple[BankLineState, BankLineEvent], BankLineState]] = (
    MappingProxyType(
        {
            (BankLineState.UNMATCHED, BankLineEvent.MATCH): BankLineState.MATCHED,
            (BankLineState.UNMATCHED, BankLineEvent.CANCEL_OUT): BankLineState.RETURNED,
            (BankLineState.UNMATCHED, BankLineEvent.SET_ASIDE): BankLineState.SET_ASIDE,
            (BankLineState.MATCHED, BankLineEvent.UNMATCH): BankLineState.UNMATCHED,
            (BankLineState.RETURNED, BankLineEvent.UNMATCH): BankLineState.UNMATCHED,
            (BankLineState.SET_ASIDE, BankLineEvent.BRING_BACK): BankLineState.UNMATCHED,
        }
    )
)
