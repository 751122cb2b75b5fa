"""Elements of remittances, each converted once: prices, dates and procedures repeat.

A file holds hundreds of thousands of them, so that a look-up must cost one subscript.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from models.documents.party import Reference
from models.documents.remittance_supplements import RemittanceName
from models.values.money import Money
from revcycle.formats.x12.elements import read_amount, read_date, read_quantity

REMEMBERED_MAX = 200_000  # of one kind; then it is forgotten, for files of any size
REVENUE_CODE = "NU"  # SVC01-1
CENTS_LENGTH = 2
WHOLE_LENGTH_MAX = 15
SCALES = (100, 10, 1)  # to cents, by how many digits stand behind the point
MODIFIERS_END = 6  # components of SVC01
DESCRIPTION_END = 7  # components of SVC06
NAME_LENGTH = 10  # NM1 with NM109
NPI = "XX"

Value = TypeVar("Value")


class Amounts(dict[str, Money]):
    """Amounts by their text."""

    def __missing__(self, text: str) -> Money:
        """Read an amount.

        Raises:
            ValueError: it is none, or finer than a cent.
        """
        whole, _, part = text.partition(".")
        digits = whole + part
        if (
            len(part) <= CENTS_LENGTH
            and len(whole) <= WHOLE_LENGTH_MAX
            and digits.isdigit()
            and digits.isascii()
        ):
            amount = Money(int(digits) * SCALES[len(part)])
        else:
            amount = read_amount(text)
        return _remember(self, text, amount)


class Dates(dict[str, date | None]):
    """Dates by their text; None for what is none."""

    def __missing__(self, text: str) -> date | None:
        """Read a date of eight digits."""
        try:
            day = read_date(text)
        except ValueError:
            return None
        return _remember(self, text, day)


class Quantities(dict[str, Decimal]):
    """Counts by their text."""

    def __missing__(self, text: str) -> Decimal:
        """Read a count.

        Raises:
            ValueError: it is none.
        """
        return _remember(self, text, read_quantity(text))


AMOUNTS = Amounts()
DATES = Dates()
QUANTITIES = Quantities()


@dataclass(frozen=True, slots=True)
class Procedure:
    """A composite that names a service.

    Attributes:
        procedure_code: Empty where the service is named by a revenue code.
        is_usual: HC or NU with a code and perhaps modifiers: a line says all of it.
        is_odd: There are components that the guide does not use, or no code.
    """

    qualifier: str
    procedure_code: str
    revenue_code: str
    modifiers: tuple[str, ...]
    description: str
    is_usual: bool
    is_odd: bool


class Procedures(dict[str, Procedure]):
    """Composites that name services, by their text, of one component separator."""

    def __init__(self, separator: str) -> None:
        super().__init__()
        self._separator = separator

    def __missing__(self, text: str) -> Procedure:
        """Take a composite apart."""
        parts = text.split(self._separator)
        while len(parts) > 1 and not parts[-1]:
            del parts[-1]
        qualifier, code = parts[0], "".join(parts[1:2])
        modifiers = parts[2:MODIFIERS_END]
        description = "".join(parts[MODIFIERS_END:DESCRIPTION_END])
        is_odd = not (qualifier and code) or len(parts) > DESCRIPTION_END or _has_gap(modifiers)
        is_revenue_code = qualifier == REVENUE_CODE
        procedure = Procedure(
            qualifier=qualifier,
            procedure_code="" if is_revenue_code else code,
            revenue_code=code if is_revenue_code else "",
            modifiers=tuple(filter(None, modifiers)),
            description=description,
            is_usual=qualifier in {"HC", REVENUE_CODE} and not is_odd and not description,
            is_odd=is_odd,
        )
        return _remember(self, text, procedure)


@lru_cache(maxsize=16)
def procedures_of(separator: str) -> Procedures:
    """Return what is remembered of the composites with this separator."""
    return Procedures(separator)


class Renderings(dict[str, str]):
    """The NPI of rendering providers of whom nothing else is said, by the text of their NM1.

    Few provide many services. Empty where more is said.
    """

    def __init__(self, separator: str) -> None:
        super().__init__()
        self._separator = separator

    def __missing__(self, text: str) -> str:
        """Take an NM1 apart."""
        name, is_odd = name_of(text.split(self._separator))
        number = name.identifier
        npi = number.value if number and number.qualifier == NPI else ""
        is_all = name == RemittanceName(identifier=Reference(NPI, npi)) and not is_odd
        return _remember(self, text, npi if is_all else "")


@lru_cache(maxsize=4096)
def provider_of(*segment: str) -> tuple[RemittanceName, bool]:
    """Read an NM1 as ``name_of`` does; for those that provide or pay, who are few."""
    return name_of(list(segment))


def name_of(segment: list[str]) -> tuple[RemittanceName, bool]:
    """Read the NM1 of anybody, and tell whether it holds something that a name does not."""
    elements = segment + [""] * (NAME_LENGTH - len(segment))
    number = Reference(elements[8], elements[9]) if elements[8] or elements[9] else None
    name = RemittanceName(
        last_name=elements[3],
        first_name=elements[4],
        middle_name=elements[5],
        suffix=elements[7],
        is_organization=elements[2] == "2",
        identifier=number,
    )
    is_odd = bool(elements[6]) or any(elements[NAME_LENGTH:]) or elements[2] not in {"1", "2"}
    return name, is_odd


def _has_gap(codes: Iterable[str]) -> bool:
    """Tell whether an empty one stands before another."""
    is_ended = False
    for code in codes:
        if code and is_ended:
            return True
        is_ended = is_ended or not code
    return False


def _remember(memory: dict[str, Value], text: str, value: Value) -> Value:
    if len(memory) >= REMEMBERED_MAX:
        memory.clear()
    memory[text] = value
    return value
