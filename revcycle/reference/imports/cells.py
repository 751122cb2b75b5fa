"""Cells of a line, read one by one so that each complaint names its column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from revcycle.reference.imports.complaints import Complaints

Value = TypeVar("Value")
CODE_LENGTH: Final = 5
CELL_SHOWN: Final = 20


@dataclass(slots=True)
class Cells:
    """One line of a table whose columns are known.

    Attributes:
        file_name: For complaints.
        line: Counted from 1.
        cells: As they stand in the file.
        places: Where each column is.
        complaints: Where what is wrong goes.
        is_sound: Whether nothing was wrong so far.
    """

    file_name: str
    line: int
    cells: Sequence[str]
    places: dict[str, int]
    complaints: Complaints
    is_sound: bool = field(default=True, init=False)

    def text(self, column: str) -> str:
        """Return a cell without the blanks around it; empty if the line ends before it."""
        place = self.places[column]
        return self.cells[place].strip() if place < len(self.cells) else ""

    def read(
        self, column: str, convert: Callable[[str], Value], allowed: str, instead: Value
    ) -> Value:
        """Convert a cell; complain and return ``instead`` if ``convert`` raises ValueError.

        Args:
            column: Its key in ``places``.
            convert: Raises ValueError for what is not allowed.
            allowed: What is, such as "a day as YYYYMMDD".
            instead: Of the same type; the line is left out in this case.
        """
        text = self.text(column)
        try:
            return convert(text)
        except ValueError:
            self.is_sound = False
            message = f"{text[:CELL_SHOWN]!r} is not {allowed}"
            self.complaints.add(self.file_name, self.line, column, message)
            return instead

    def code(self, column: str) -> str:
        """Read a procedure code; a workbook may have lost the zeros before it."""
        return self.read(column, to_code, "a procedure code: five letters and digits", "")

    def decimal(self, column: str) -> Decimal:
        """Read a number that is not negative; an empty cell is zero."""
        return self.read(column, to_decimal, "a number such as 1.30", Decimal(0))


def to_code(text: str) -> str:
    """Read a procedure code of five capital letters and digits.

    Raises:
        ValueError: it is none.
    """
    code = text.zfill(CODE_LENGTH) if text.isdigit() else text
    if len(code) != CODE_LENGTH or not code.isascii() or not code.isalnum() or code != code.upper():
        msg = "no procedure code"
        raise ValueError(msg)
    return code


def to_decimal(text: str) -> Decimal:
    """Read a number that is not negative; zero for an empty text.

    Raises:
        ValueError: it is none.
    """
    try:
        number = Decimal(text or "0")
    except InvalidOperation as error:
        msg = "no number"
        raise ValueError(msg) from error
    if not number.is_finite() or number < 0:
        msg = "no number that is not negative"
        raise ValueError(msg)
    return number
