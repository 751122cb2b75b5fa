"""Money at the bank, beside what remittances say of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from models.values.money import Money

BANK_COLUMNS: Final = frozenset(  # our names of what a bank's CSV export may hold
    {
        "date",
        "amount",
        "credit",
        "debit",
        "description",
        "reference",
        "check_number",
        "trace_number",
        "payer_trace_id",
        "type",
        "account",
    }
)


class BankFormat(StrEnum):
    """How a bank writes its statements."""

    BAI2 = "bai2"
    CSV = "csv"


class BankLineKind(StrEnum):
    """What moved money on the account."""

    EFT = "eft"  # a payer's electronic payment
    CHECK = "check"  # a check that came to the lockbox or over the counter
    OTHER = "other"  # any other credit
    RETURN = "return"  # a deposit, or a part of it, went back
    FEE = "fee"  # what the bank charges
    PAYMENT = "payment"  # what the practice spent


class DepositWay(StrEnum):
    """How a deposit was matched to its remittances."""

    TRACE_AND_PAYER = "trace_and_payer"  # trace number, payer id and amount
    TRACE = "trace"  # trace number and amount; the bank said no payer id
    CHECK_NUMBER = "check_number"  # number and amount of a check
    NAME = "name"  # payer's name, amount, and a day near the payment's
    HAND = "hand"  # a person said so


@dataclass(frozen=True, slots=True, repr=False)
class BankEntry:
    """One line of a bank statement, as its file says it.

    Attributes:
        line: The line of the file on which it begins, from 1.
        account: The last four digits of the account.
        amount: Negative where money left the account.
        trace_number: What the payer's addenda calls the payment (TRN02).
        payer_trace_id: Whom the addenda names as its origin (TRN03).
        reference: The bank's own number.
        text: Whatever else stands there; for the page, it may name people.
    """

    line: int
    account: str
    posted_on: date
    amount: Money
    kind: BankLineKind
    type_code: str = ""
    trace_number: str = ""
    payer_trace_id: str = ""
    check_number: str = ""
    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class BankProblem:
    """What is wrong with a line, or with the file as a whole (line 0); no value is quoted."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """Say it with its place."""
        where = f"line {self.line}" if self.line else "the file"
        return f"{where}, {self.field}: {self.message}"


@dataclass(frozen=True, slots=True, repr=False)
class BankStatement:
    """What could be read of a bank file.

    Attributes:
        refused: Lines that were left out, and why.
        problems: Why nothing of the file may be taken; empty if it may.
        others: How many lines are of other accounts.
    """

    entries: tuple[BankEntry, ...] = ()
    refused: tuple[BankProblem, ...] = ()
    problems: tuple[BankProblem, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class OpenDeposit:
    """A line of the bank that no remittance explains yet."""

    id: UUID
    posted_on: date
    amount: Money
    kind: BankLineKind
    trace_number: str = ""
    payer_trace_id: str = ""
    check_number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OpenRemittance:
    """A remittance whose money the bank has not shown, or not all of it.

    Attributes:
        amount: What is still to come; negative where the payer takes money.
        method: BPR04: ACH, CHK, NON ...
    """

    id: UUID
    payment_date: date
    amount: Money
    method: str
    trace_number: str
    payer_trace_id: str
    payer_name: str


@dataclass(frozen=True, slots=True)
class DepositCandidate:
    """A remittance that may explain a deposit.

    Attributes:
        way: How it fits; None where a person would have to know more.
        speaks_for: What fits, in words.
        speaks_against: What does not.
    """

    remittance: OpenRemittance
    way: DepositWay | None
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DepositPair:
    """A deposit and the remittance that explains exactly it."""

    bank_line_id: UUID
    remittance_id: UUID
    amount: Money
    way: DepositWay


def cash_reference(bank_line_id: UUID) -> str:
    """Name the sub-ledger of money that came with one bank line and that nobody knows yet."""
    return f"bank:{bank_line_id}"
