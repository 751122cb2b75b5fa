"""Read a bank's file in the form that the client file names, and keep no account number of it."""

import re
from dataclasses import dataclass
from typing import Final

from models.documents.deposit import BankFormat, BankProblem, BankStatement
from revcycle.formats.bank.bai2 import read_bai2
from revcycle.formats.bank.bai2_records import read_records
from revcycle.formats.bank.statement_csv import CsvForm, account_cells, read_bank_csv
from revcycle.formats.bank.texts import last_digits

BYTES_MAX: Final = 20_000_000  # a year of a busy account is a tenth of it
NUMBER: Final = re.compile(r"[0-9A-Za-z-]{5,}")
BAI2_START: Final = "01,"


@dataclass(frozen=True, slots=True)
class BankForm:
    """What to expect of a bank's files.

    Attributes:
        account: The last four digits of the account they are about.
    """

    account: str
    format: BankFormat
    csv: CsvForm


def read_statement(content: bytes, form: BankForm) -> BankStatement:
    """Read a statement; nothing in the file raises."""
    if len(content) > BYTES_MAX:
        message = f"has more than {BYTES_MAX:,} bytes"
        return BankStatement(problems=(BankProblem(0, "size", message),))
    text = _text(content)
    if form.format is BankFormat.BAI2:
        return read_bai2(text, form.account)
    if text.startswith(BAI2_START):
        message = "looks like BAI2; the client file says [bank] format = 'csv'"
        return BankStatement(problems=(BankProblem(0, "format", message),))
    return read_bank_csv(text, form.account, form.csv)


def mask_accounts(content: bytes, form: BankForm) -> bytes:
    """Put stars for all but the last four signs of every account number, wherever it stands.

    The same file is masked to the same bytes, so that it is still known when it comes twice.
    """
    text = content.decode("latin-1")
    if form.format is BankFormat.BAI2:
        numbers = frozenset(
            record.fields()[0] for record in read_records(text) if record.code == "03"
        )
    else:
        numbers = account_cells(text, form.csv)
    for number in sorted(numbers, key=len, reverse=True):
        if NUMBER.fullmatch(number):
            masked = "*" * (len(number) - 4) + last_digits(number)
            text = re.sub(rf"(?<![0-9A-Za-z]){re.escape(number)}(?![0-9A-Za-z])", masked, text)
    return text.encode("latin-1")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
