"""Invented bank statements for tests: BAI2 whose totals add up, and CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.documents.deposit import BankFormat
from revcycle.formats.bank.reading import BankForm
from revcycle.formats.bank.statement_csv import CsvForm

ACCOUNT = "000987654321"
PAYER = "1999999999"
BAI2 = BankForm("4321", BankFormat.BAI2, CsvForm({}))
CSV = BankForm(
    "4321",
    BankFormat.CSV,
    CsvForm(
        {
            "date": "Date",
            "amount": "Amount",
            "description": "Description",
            "reference": "Reference",
            "account": "Account",
        },
        date_format="%m/%d/%Y",
    ),
)


@dataclass(frozen=True, slots=True)
class Movement:
    """One 16 record: type code, cents, what the payer's addenda says, and other text."""

    code: str
    cents: int
    trace: str = ""
    text: str = ""
    reference: str = ""
    payer: str = PAYER

    def records(self) -> list[str]:
        """Write it, with the addenda in a continuation as banks do."""
        first = f"16,{self.code},{self.cents},V,261118,,{self.reference},,{self.text}"
        if not self.trace:
            return [first + "/"]
        return [first, f"88,TRN*1*{self.trace}*{self.payer}\\"]


def an_eft(cents: int, trace: str, text: str = "", payer: str = PAYER) -> Movement:
    """Say that a payer's electronic payment came."""
    return Movement("165", cents, trace, text, payer=payer)


def bai2_lines(
    movements: Sequence[Movement], *, on: date = date(2026, 11, 18), account: str = ACCOUNT
) -> list[str]:
    """Write a statement of one account and day, record by record."""
    details = [record for one in movements for record in one.records()]
    cents = sum(one.cents for one in movements) + 100_000
    return [
        "01,BANKID,PRACTICE,261119,0600,7,,,2/",
        f"02,PRACTICE,BANKID,1,{on:%y%m%d},0600,USD,2/",
        f"03,{account},USD,015,100000,,/",
        *details,
        f"49,{cents},{len(details) + 2}/",
        f"98,{cents},1,{len(details) + 4}/",
        f"99,{cents},1,{len(details) + 6}/",
    ]


def bai2(*movements: Movement, on: date = date(2026, 11, 18), account: str = ACCOUNT) -> bytes:
    """Write a statement of one account and day."""
    return ("\r\n".join(bai2_lines(movements, on=on, account=account)) + "\r\n").encode()


def bank_csv(*rows: str) -> bytes:
    """Write an export with a header."""
    return "\n".join(("Date,Amount,Description,Reference,Account", *rows)).encode()
