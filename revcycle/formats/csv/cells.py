"""Cells of one record as checked values; what cannot be read becomes a finding with its line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from models.documents.finding import Finding, Severity
from models.values.money import Money
from revcycle.formats.csv.rows import Row

RULE_ID: Final = "intake.csv"
UNITS_MAX: Final = 9_999_999  # SV104 and our tables hold no more
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?|-?\.[0-9]{1,6}")


@dataclass(slots=True, repr=False)
class CellReader:
    """Reads cells of a record's rows and collects what is wrong with them."""

    date_format: str
    findings: list[Finding] = field(default_factory=list)

    def report(self, row: Row, name: str, message: str, severity: Severity) -> None:
        """Note a problem of one cell."""
        finding = Finding(RULE_ID, severity, name, message, f"line {row.line}")
        if finding not in self.findings:
            self.findings.append(finding)

    def date(self, row: Row, name: str) -> date | None:
        """Read a date in the practice's format; empty is None."""
        text = row.cells.get(name, "")
        if not text:
            return None
        try:
            return datetime.strptime(text, self.date_format).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            self._error(row, name, f"not a date in the form {self.date_format}")
            return None

    def money(self, row: Row, name: str) -> Money | None:
        """Read an amount such as 125.00, with or without a dollar sign; empty is None."""
        text = row.cells.get(name, "")
        if not text:
            return None
        try:
            return Money.parse(_plain(text.removeprefix("$").replace(",", "")))
        except ValueError as error:
            self._error(row, name, f"{error}; an amount looks like 125.00")
            return None

    def units(self, row: Row) -> Decimal:
        """Read the units; empty is one."""
        text = row.cells.get("units", "") or "1"
        try:
            units = Decimal(_plain(text))
        except ValueError:
            units = Decimal(0)
        if 0 < units <= UNITS_MAX:
            return units
        self._error(row, "units", f"units are a number above zero, at most {UNITS_MAX}")
        return Decimal(1)

    def pointers(self, row: Row) -> tuple[int, ...]:
        """Read diagnosis pointers: numbers or the letters A to L of a CMS-1500, any separator."""
        text = row.cells.get("diagnosis_pointers", "")
        for separator in ";:|/, ":
            text = text.replace(separator, " ")
        parts = list(text) if text.isalpha() else text.split()
        pointers = tuple(_pointer(part) for part in parts)
        if 0 in pointers:
            self._error(row, "diagnosis_pointers", "pointers are 1 to 12 or A to L")
        return tuple(pointer for pointer in pointers if pointer)

    def agree(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        """Report fields of the encounter that differ between its rows."""
        for name in names:
            first = rows[0].cells.get(name, "")
            for row in rows[1:]:
                if row.cells.get(name, "") not in ("", first):
                    message = f"differs from line {rows[0].line} of the same encounter"
                    self._error(row, name, message)

    def _error(self, row: Row, name: str, message: str) -> None:
        self.report(row, name, message, Severity.ERROR)


def _plain(text: str) -> str:
    """Return a number in plain digits; powers of ten and the like are refused.

    Raises:
        ValueError: it is something else.
    """
    if _NUMBER.fullmatch(text) is None:
        msg = "not an amount"
        raise ValueError(msg)
    return text


def _pointer(text: str) -> int:
    """Return 1 to 12, or 0 for what is no pointer."""
    letters = "ABCDEFGHIJKL"
    number = letters.find(text.upper()) + 1 if text.isalpha() and len(text) == 1 else 0
    if text.isascii() and text.isdigit():
        number = int(text)
    return number if 0 < number <= len(letters) else 0
