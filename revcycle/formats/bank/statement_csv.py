"""A bank's CSV export, read by a mapping of our names to its columns."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from models.documents.deposit import BankEntry, BankLineKind, BankProblem, BankStatement
from models.values.money import Money
from revcycle.formats.bank.texts import (
    NUMBER_LENGTH,
    Trace,
    find_check_number,
    find_trace,
    last_digits,
    plain,
)

_AMOUNT: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
_FEE: Final = re.compile(r"\b(?:FEE|FEES|SERVICE CHARGE|ANALYSIS CHARGE)\b", re.IGNORECASE)
_RETURN: Final = re.compile(r"\b(?:RETURN|RETURNED|REVERSAL|REVERSED|NSF)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a bank writes its export.

    Attributes:
        columns: Our names (``BANK_COLUMNS``) to the bank's headers; ``amount`` is signed, or
            ``credit`` and ``debit`` stand apart.
        date_format: As ``strptime`` takes it.
    """

    columns: Mapping[str, str]
    date_format: str = "%Y-%m-%d"
    delimiter: str = ","


class _BadCellError(Exception):
    """A cell that cannot be read."""

    def __init__(self, problem: BankProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_bank_csv(text: str, account: str, form: CsvForm) -> BankStatement:
    """Read the lines of one account, named by its last four digits.

    A line that cannot be read is refused and named, and the others go on; without the mapped
    columns nothing can be taken.
    """
    rows = _rows(text, form.delimiter)
    try:
        _, header = next(rows)
        places = _places(header, form.columns)
        entries, refused, others = _sort(rows, places, len(header), account, form)
    except StopIteration:
        return BankStatement(problems=(BankProblem(0, "header", "is missing: the file is empty"),))
    except _BadCellError as error:
        return BankStatement(problems=(error.problem,))
    return BankStatement(tuple(entries), tuple(refused), (), others)


def account_cells(text: str, form: CsvForm) -> frozenset[str]:
    """Collect what stands in the account column, to be masked before the file is kept."""
    try:
        rows = _rows(text, form.delimiter)
        _, header = next(rows)
        place = _places(header, form.columns).get("account")
        if place is None:
            return frozenset()
        return frozenset(cells[place].strip() for _, cells in rows if place < len(cells))
    except (StopIteration, _BadCellError):
        return frozenset()


def _sort(
    rows: Iterator[tuple[int, list[str]]],
    places: Mapping[str, int],
    width: int,
    account: str,
    form: CsvForm,
) -> tuple[list[BankEntry], list[BankProblem], int]:
    entries: list[BankEntry] = []
    refused: list[BankProblem] = []
    others = 0
    for line, cells in rows:
        try:
            row = _row(cells, places, width)
            if last_digits(row.get("account", account)) != account:
                others += 1
                continue
            entries.extend(_entry(line, row, account, form))
        except _BadCellError as error:
            refused.append(replace(error.problem, line=line))
    return entries, refused, others


def _entry(line: int, row: Mapping[str, str], account: str, form: CsvForm) -> Iterator[BankEntry]:
    posted_on, amount = _day(row["date"], form.date_format), _amount(row)
    if not amount:
        return  # nothing moved
    text = plain(" ".join(row.get(name, "") for name in ("type", "description")))
    trace = _trace(row)
    check_number = row.get("check_number", "") or find_check_number(text)
    yield BankEntry(
        line=line,
        account=account,
        posted_on=posted_on,
        amount=amount,
        kind=_kind(amount, text, trace, check_number),
        type_code=plain(row.get("type", ""), 40),
        trace_number=plain(trace.number, NUMBER_LENGTH),
        payer_trace_id=plain(trace.payer_id, NUMBER_LENGTH),
        check_number=plain(check_number, NUMBER_LENGTH),
        reference=plain(row.get("reference", ""), 80),
        text=text,
    )


def _trace(row: Mapping[str, str]) -> Trace:
    if row.get("trace_number"):
        return Trace(row["trace_number"], row.get("payer_trace_id", ""))
    return find_trace((row.get("description", ""), row.get("reference", "")))


def _kind(amount: Money, text: str, trace: Trace, check_number: str) -> BankLineKind:
    if amount.cents > 0:
        if trace.number:
            return BankLineKind.EFT
        return BankLineKind.CHECK if check_number else BankLineKind.OTHER
    if trace.number or _RETURN.search(text):
        return BankLineKind.RETURN
    return BankLineKind.FEE if _FEE.search(text) else BankLineKind.PAYMENT


def _amount(row: Mapping[str, str]) -> Money:
    if "amount" in row:
        return _money("amount", row["amount"])
    credit, debit = row.get("credit", ""), row.get("debit", "")
    if bool(credit) == bool(debit):
        message = "exactly one of both has an amount in every line"
        raise _BadCellError(BankProblem(0, "credit and debit", message))
    # Some banks write debits with a sign, some without: the column says what they are.
    cents = _money("credit", credit) if credit else _money("debit", debit)
    return cents if credit else Money(-abs(cents.cents))


def _money(name: str, text: str) -> Money:
    plain_text = text.replace("$", "").replace(",", "").replace(" ", "")
    if plain_text.startswith("(") and plain_text.endswith(")"):
        plain_text = f"-{plain_text[1:-1]}"
    plain_text = plain_text.removeprefix("+")
    if not _AMOUNT.fullmatch(plain_text):
        raise _BadCellError(
            BankProblem(0, name, "is not an amount; allowed: 125.00, -125.00, (125.00)")
        )
    return Money.parse(plain_text)


def _day(text: str, date_format: str) -> date:
    try:
        return datetime.strptime(text, date_format).date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        raise _BadCellError(
            BankProblem(0, "date", f"is not a day; allowed: {date_format}")
        ) from None


def _row(cells: Sequence[str], places: Mapping[str, int], width: int) -> dict[str, str]:
    if len(cells) != width:
        message = f"{len(cells)} stand here, {width} in the header"
        raise _BadCellError(BankProblem(0, "cells", message))
    return {name: cells[place].strip() for name, place in places.items()}


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line on which it begins; empty ones are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        message = f"is not readable as CSV near line {line}"
        raise _BadCellError(BankProblem(0, "file", message)) from None


def _places(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Find the place of each mapped column, whatever its case."""
    found = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
    missing = [name for name in columns.values() if name.casefold() not in found]
    if missing:
        message = f"lacks {', '.join(missing)}, which the client file names under [bank.columns]"
        raise _BadCellError(BankProblem(0, "header", message))
    return {name: found[theirs.casefold()] for name, theirs in columns.items()}
