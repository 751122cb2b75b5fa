"""What a guarantor is asked to pay, on one day."""

from dataclasses import dataclass
from datetime import date

from models.documents.party import Organization, Person
from models.values.money import Money, total


@dataclass(frozen=True, slots=True, repr=False)
class StatementLine:
    """One encounter of the statement. ``balance`` is what is left of the others."""

    service_date: date
    patient_name: str
    description: str
    charge: Money
    insurance_paid: Money
    adjusted: Money
    patient_paid: Money
    balance: Money


@dataclass(frozen=True, slots=True, repr=False)
class StatementDocument:
    """One statement, complete: the PDF and the mail are made of nothing else."""

    number: str
    practice: Organization
    guarantor: Person
    account_number: str
    statement_date: date
    due_date: date
    period: str  # such as 2026-11; one statement per account and period
    lines: tuple[StatementLine, ...]
    pay_url: str = ""
    message: str = ""

    @property
    def balance(self) -> Money:
        """What is asked for."""
        return total(line.balance for line in self.lines)
