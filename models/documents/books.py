"""What a practice's books say of a month, and of what is owed by its age."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.values.accounts import Account
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month in which nothing counts any more; named by its first day."""

    id: UUID
    month: date
    closed_at: datetime
    closed_by: str


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account in one month.

    Attributes:
        opening: What stood in it when the month began.
        movement: What the entries that count in the month moved.
    """

    account: Account
    opening: Money
    movement: Money

    @property
    def closing(self) -> Money:
        """What stood in it when the month ended, or stands now."""
        return self.opening + self.movement


class AgeBucket(StrEnum):
    """How old a receivable is, in days since the service. The value stands in addresses."""

    DAYS_30 = "0-30"
    DAYS_60 = "31-60"
    DAYS_90 = "61-90"
    DAYS_120 = "91-120"
    OLDER = "over-120"
    UNDATED = "undated"  # of no charge, so of no date of service
    BELOW_ZERO = "below-zero"  # a receivable that is paid beyond what is owed


@dataclass(frozen=True, slots=True)
class AgedSum:
    """What stands in one receivable account, of one payer, at one age.

    Attributes:
        payer_key: Of the payer who owes it; empty: the patient, or no payer was billed yet.
        charges: How many charges it is the sum of.
    """

    account: Account
    payer_key: str
    payer_name: str
    bucket: AgeBucket
    amount: Money
    charges: int


@dataclass(frozen=True, slots=True)
class AgedCharge:
    """One receivable of one charge: what an aged sum adds up. Ids and codes, no person."""

    charge_id: UUID | None
    encounter_id: UUID | None
    claim_id: UUID | None
    procedure_code: str
    service_date: date | None
    account: Account
    payer_key: str
    payer_name: str
    bucket: AgeBucket
    amount: Money
