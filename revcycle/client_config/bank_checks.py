"""What the account of a practice must hold together."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from models.documents.client_config import BankSection
from models.documents.deposit import BANK_COLUMNS, BankFormat
from revcycle.client_config.places import Problem
from revcycle.client_config.toml_lines import KeyPath

COLUMNS: Final[KeyPath] = ("bank", "columns")
RULE_ID: Final = "client.bank"


def check_bank(bank: BankSection) -> Iterator[Problem]:
    """Report columns without which no line of an export is a movement, and strange ones."""
    if bank.format is not BankFormat.CSV:
        if bank.columns:
            yield Problem(RULE_ID, COLUMNS, f"has no meaning with format = '{bank.format}'")
        return
    if "date" not in bank.columns:
        yield Problem(RULE_ID, COLUMNS, "lacks date: without it no line is a movement")
    is_signed = "amount" in bank.columns
    apart = [name for name in ("credit", "debit") if name in bank.columns]
    if (is_signed and apart) or (not is_signed and len(apart) != 2):  # noqa: PLR2004 - both
        yield Problem(RULE_ID, COLUMNS, "needs either amount, or both credit and debit")
    yield from _strange(bank)


def _strange(bank: BankSection) -> Iterator[Problem]:
    counts = Counter(header.casefold() for header in bank.columns.values())
    for name, header in bank.columns.items():
        if name not in BANK_COLUMNS:
            message = f"is not a column we read; known: {', '.join(sorted(BANK_COLUMNS))}"
            yield Problem(RULE_ID, (*COLUMNS, name), message)
        if counts[header.casefold()] > 1:
            yield Problem(RULE_ID, (*COLUMNS, name), f"{header!r} stands here and elsewhere")
