"""What a guarantor is asked to pay, on one day."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from models.documents.party import Organization, Person
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.values.money import Money, total

AGEING_LABELS: Final = ("0 to 30 days", "31 to 60 days", "61 to 90 days", "Over 90 days")
AGEING_LIMITS_DAYS: Final = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class StatementPolicy:
    """Who gets a statement and what it says, as the practice decided.

    Attributes:
        minimum: Smaller balances wait.
        due_days: Days from the statement date to the due date.
        cycle_days: Days from one statement of an account to the next.
        message: A sentence of the practice's own, on the statement and in the mail.
        pay_url: Where a guarantor can pay; empty when there is no such place.
    """

    minimum: Money
    due_days: int
    cycle_days: int
    message: str = ""
    pay_url: str = ""


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
    reply_to: str = ""  # where questions about the bill go

    @property
    def balance(self) -> Money:
        """What is asked for."""
        return total(line.balance for line in self.lines)

    @property
    def ageing(self) -> tuple[Money, ...]:
        """The balance by days from service to statement, in the order of AGEING_LABELS."""
        buckets: list[list[Money]] = [[] for _ in AGEING_LABELS]
        for line in self.lines:
            age_days = (self.statement_date - line.service_date).days
            buckets[sum(age_days > limit for limit in AGEING_LIMITS_DAYS)].append(line.balance)
        return tuple(total(bucket) for bucket in buckets)


@dataclass(frozen=True, slots=True)
class EncounterAccount:
    """What the books say of one encounter, and what insurance still has to say.

    Attributes:
        insurance_receivable: What stands in the receivables of payers, denied included.
        balance: What stands in the patient's receivable.
    """

    encounter_id: UUID
    patient_id: UUID
    state: EncounterState
    charge: Money
    insurance_paid: Money
    patient_paid: Money
    insurance_receivable: Money
    balance: Money
    claim_states: frozenset[ClaimState] = frozenset()
    has_open_denial: bool = False

    @property
    def adjusted(self) -> Money:
        """What explains the rest of the charge: contractual discounts, write-offs."""
        paid = self.insurance_paid + self.patient_paid
        return self.charge - paid - self.insurance_receivable - self.balance


@dataclass(frozen=True, slots=True, repr=False)
class StatementAccount:
    """An account as the safety gate sees it.

    Attributes:
        balance: The patient's receivable over the encounters that insurance has finished with.
        credit: Money of the patient's that nobody has applied yet.
        guarantor: Who would get the statement, with the birth date only if it is the patient.
        email: Where it would go; empty when not known.
        stopped: Why this account gets no statement; empty when it does.
        last_statement_date: Of the latest statement that was not cancelled.
        periods: The periods that have a statement which was not cancelled.
    """

    patient_id: UUID
    account_number: str
    balance: Money
    credit: Money
    guarantor: Person
    patient_name: str
    email: str
    stopped: str
    last_statement_date: date | None
    periods: frozenset[str]
