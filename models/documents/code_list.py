"""A code as one edition of a list has it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ListedPeriod:
    """One unbroken period of one code in one edition.

    Attributes:
        code: As claims carry it, without a dot.
        title: The list's own words; empty when the edition says none.
        valid_from: The first day.
        valid_to: The last day in force; None while no end is known.
        is_billable: False for a heading, under which more exact codes stand.
        detail: What only this list says, such as ``modifier`` or a specialty.
    """

    code: str
    title: str
    valid_from: date
    valid_to: date | None = None
    is_billable: bool = True
    detail: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether a day lies in the period."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
