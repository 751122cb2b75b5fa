"""What pages call things at the bank."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.deposit import BankLineKind, DepositWay
from models.states.bank_line import BankLineState

STATE_TEXTS: Final[Mapping[BankLineState, str]] = MappingProxyType(
    {
        BankLineState.UNMATCHED: "Open",
        BankLineState.MATCHED: "Matched",
        BankLineState.RETURNED: "Returned",
        BankLineState.SET_ASIDE: "Set aside",
    }
)
STATE_MEANINGS: Final[Mapping[BankLineState, str]] = MappingProxyType(
    {
        BankLineState.UNMATCHED: "in the books as unidentified cash; no remittance explains it yet",
        BankLineState.MATCHED: "remittances explain all of it",
        BankLineState.RETURNED: "a deposit, or the debit that took it back",
        BankLineState.SET_ASIDE: "no payer's money; not in these books",
    }
)
STATE_TONES: Final[Mapping[BankLineState, str]] = MappingProxyType(
    {
        BankLineState.UNMATCHED: "warn",
        BankLineState.MATCHED: "good",
        BankLineState.RETURNED: "plain",
        BankLineState.SET_ASIDE: "plain",
    }
)
KIND_TEXTS: Final[Mapping[BankLineKind, str]] = MappingProxyType(
    {
        BankLineKind.EFT: "electronic payment",
        BankLineKind.CHECK: "check",
        BankLineKind.OTHER: "other credit",
        BankLineKind.RETURN: "money went back",
        BankLineKind.FEE: "bank fee",
        BankLineKind.PAYMENT: "own payment",
    }
)
WAY_TEXTS: Final[Mapping[DepositWay, str]] = MappingProxyType(
    {
        DepositWay.TRACE_AND_PAYER: "trace number, payer id and amount",
        DepositWay.TRACE: "trace number and amount",
        DepositWay.CHECK_NUMBER: "check number and amount",
        DepositWay.NAME: "payer's name, amount and day",
        DepositWay.HAND: "a person said so",
    }
)
ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "deposit.amount_differs": "The bank shows another amount than the remittance of this "
        "number. Look for a second deposit or remittance that makes up the difference and match "
        "them together, or ask the payer.",
        "deposit.no_remittance": "The money is here and nobody says what for. Ask the payer or the "
        "clearinghouse for the 835, or type the paper remittance. If it is no payer's money, set "
        "it aside.",
        "deposit.no_deposit": "The payer says it paid and the bank shows nothing. Look among the "
        "open deposits; else ask the payer for the date and trace of the payment.",
        "deposit.returned": "Money left the account. Find the deposit that it took back, take that "
        "off its remittance if it is matched, and put both against each other; or match it with "
        "the remittance in which the payer takes the money.",
        "deposit.unreadable": "Nothing of this statement was taken in. Ask the bank for it again, "
        "or put the [bank] table of the client file right, and import it again.",
        "deposit.lines_refused": "The other lines were taken in. Put these right at the bank, or "
        "enter what they say by hand elsewhere; then finish this item.",
    }
)
