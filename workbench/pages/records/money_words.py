"""Accounts, entries and adjustments in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.ledger import EntryKind
from models.values.accounts import Account
from revcycle.reference.adjustment_codes import ADJUSTMENT_GROUPS, adjustment_label
from revcycle.rules.ledger.provider_reasons import PROVIDER_REASONS

ACCOUNT_WORDS: Final[Mapping[Account, str]] = MappingProxyType(
    {
        Account.AR_INSURANCE_1: "owed by the first payer",
        Account.AR_INSURANCE_2: "owed by the second payer",
        Account.AR_INSURANCE_3: "owed by the third payer",
        Account.AR_DENIED: "denied, being worked",
        Account.AR_PATIENT: "owed by the patient",
        Account.REMITTANCE_CLEARING: "paid by a payer",
        Account.BANK: "received at the bank",
        Account.UNAPPLIED: "money without an owner",
        Account.CHARGES: "charged",
        Account.CONTRACTUAL: "contractual reduction",
        Account.SEQUESTRATION: "federal budget cut",
        Account.CHARITY: "charity",
        Account.ADMINISTRATIVE_WRITE_OFF: "written off",
        Account.SMALL_BALANCE: "small balance written off",
        Account.BAD_DEBT: "bad debt",
        Account.PATIENT_CREDIT: "credit of the patient",
        Account.INSURANCE_CREDIT: "credit of a payer",
        Account.RECOUPMENT_DUE: "to be taken back by a payer",
        Account.FORWARD_BALANCE: "carried forward by a payer",
        Account.REFUND_CLEARING: "refund under way",
        Account.INTEREST_INCOME: "interest from a payer",
        Account.WITHHOLD: "withheld by a payer",
        Account.FEE_INCOME: "fee for a payment that came back",
        Account.CAPITATION_INCOME: "paid per person, not per service",
        Account.PAYER_INCOME: "paid by a payer, not for a service",
        Account.PENALTY: "penalty of a payer",
        Account.PAYER_ADVANCE: "paid ahead by a payer",
        Account.UNIDENTIFIED_CASH: "at the bank, from nobody knows whom",
        Account.SUSPENSE: "to be explained",
    }
)
ENTRY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        EntryKind.CHARGE: "charge",
        EntryKind.REMITTANCE_LINE: "decision of a payer",
        EntryKind.UNAPPLIED: "money without an owner",
        EntryKind.PROVIDER_ADJUSTMENT: "moved by the payer outside claims",
        EntryKind.REVERSAL: "taken back",
        EntryKind.TRANSFER: "moved",
        EntryKind.WRITE_OFF: "write-off",
        EntryKind.PATIENT_PAYMENT: "payment of the patient",
        EntryKind.CREDIT: "credit",
        EntryKind.BANK_DEPOSIT: "deposit",
        EntryKind.RECOUPMENT: "take-back announced by a payer",
        EntryKind.REFUND: "refund",
    }
)
METHOD_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ACH": "bank transfer",
        "CHK": "check",
        "FWT": "wire transfer",
        "BOP": "financial institution's choice",
        "NON": "no payment",
    }
)
OUTSIDE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {code: reason.words for code, reason in PROVIDER_REASONS.items()}
)
CLAIM_STATUS_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "decided as first payer",
        "2": "decided as second payer",
        "3": "decided as third payer",
        "4": "denied",
        "19": "decided as first payer, forwarded",
        "20": "decided as second payer, forwarded",
        "21": "decided as third payer, forwarded",
        "22": "earlier decision taken back",
        "23": "not this payer's claim, forwarded",
        "25": "prediction only",
    }
)


def say_account(account: Account) -> str:
    """Say what stands in an account."""
    return ACCOUNT_WORDS[account]


def say_entry(kind: str) -> str:
    """Say what an entry books."""
    return ENTRY_WORDS.get(kind, kind.replace("_", " "))


def say_adjustment(group: str, reason: str) -> str:
    """Say why a payer paid less, and who bears it."""
    who = ADJUSTMENT_GROUPS.get(group, "")
    return "; ".join(filter(None, (adjustment_label(reason), who)))
