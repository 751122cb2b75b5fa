"""A code that may stand on a claim, with the days on which it may."""

from dataclasses import dataclass
from datetime import date

from models.values.billing_codes import CodeSystem, to_code_text


@dataclass(frozen=True, slots=True)
class BillingCodeDocument:
    """One unbroken period of one code.

    Attributes:
        system: Whose list it stands in.
        code: Without a dot, as claims carry it.
        title: What it means; empty when no list that we may show says so.
        valid_from: The first day; for a code that was always there, the first day that is known.
        valid_to: The last day, included; None while no end is known.
        is_billable: False for a heading, under which more exact codes stand.
    """

    system: CodeSystem
    code: str
    title: str
    valid_from: date
    valid_to: date | None = None
    is_billable: bool = True

    @property
    def text(self) -> str:
        """The code as people read it."""
        return to_code_text(self.system, self.code)

    def may_be_billed(self, on: date) -> bool:
        """Tell whether the code may stand on a claim for a service on a day."""
        has_begun, has_ended = (
            self.valid_from <= on,
            self.valid_to is not None and self.valid_to < on,
        )
        return self.is_billable and has_begun and not has_ended
