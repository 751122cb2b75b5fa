"""What happened at a practice on one day, counted, and the report that tells it."""

from dataclasses import dataclass
from datetime import date, datetime

from models.values.money import Money, total


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened between two instants. No number is about a named person.

    Money is in the sense of the books: ``charges - payments - adjustments`` is the change of what
    is owed to the practice.
    """

    encounters_received: int
    claims_sent: int
    claims_accepted: int
    claims_rejected: int
    claims_denied: int
    claims_paid: int
    charges: Money
    insurance_payments: Money
    patient_payments: Money
    adjustments: Money
    statements_sent: int
    reports_sent: int

    @property
    def payments(self) -> Money:
        """What insurance and patients paid."""
        return self.insurance_payments + self.patient_payments


@dataclass(frozen=True, slots=True)
class Balances:
    """What is owed to the practice now, by who owes it, and what the practice owes."""

    insurance: Money
    denied: Money
    patients: Money
    credits: Money  # money received beyond what was owed, or whose owner is not known

    @property
    def receivable(self) -> Money:
        """Everything owed to the practice."""
        return total((self.insurance, self.denied, self.patients))


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many records stand in one state, or items in one queue."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The numbers of one practice, as of one instant.

    Attributes:
        day: The practice's day that the work was done for.
        day_start: Midnight, in UTC, at which the practice's calendar day of ``as_of`` began.
        as_of: When it was counted, in UTC.
        time_zone: The practice's, in which the day is cut.
        today: From ``day_start`` to ``as_of``.
        to_date: Since the practice's first record.
    """

    day: date
    day_start: datetime
    as_of: datetime
    time_zone: str
    today: Activity
    to_date: Activity
    encounters: tuple[StateCount, ...]
    claims: tuple[StateCount, ...]
    balances: Balances
    open_work: tuple[StateCount, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report, with what it counts: nobody has to guess.

    Attributes:
        today: The number for the day; None where only the present state is counted.
        now: The number to date, or as of now.
        formula: How it is computed.
        population: Of which records.
        period: ``flow`` for what happened in a period, ``stock`` for what stands at an instant.
    """

    label: str
    today: int | Money | None
    now: int | Money
    formula: str
    population: str
    period: str


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Figures that belong together."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ClientReportDocument:
    """The statement of a day's activity to the practice. It names no patient."""

    practice_name: str
    counts: DayCounts
    sections: tuple[ReportSection, ...]
