"""What a practice's books say of a month, and of what is owed by its age."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.values.accounts import Account
from models.values.money import Money, total


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


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One posting with the entry it belongs to, as lists of the books show it. Ids, no person.

    Attributes:
        id: Of the posting.
        period: First day of the month in which the entry counts.
        reverses_id: The entry that this one takes back.
    """

    id: UUID
    entry_id: UUID
    kind: str
    source_key: str
    effective_date: date
    period: date
    posted_at: datetime
    actor: str
    account: Account
    amount: Money
    charge_id: UUID | None
    claim_id: UUID | None
    remittance_id: UUID | None
    reverses_id: UUID | None


@dataclass(frozen=True, slots=True)
class TrialPicture:
    """The trial balance of one month.

    Attributes:
        closed: Who closed the month when; None while it is open.
        months: Every month from the first entry to the present one, the newest first.
    """

    month: date
    closed: ClosedMonth | None
    lines: tuple[TrialLine, ...]
    months: tuple[date, ...]

    @property
    def sums(self) -> tuple[Money, Money, Money]:
        """Opening, movement and closing of all accounts together: zero, each of them."""
        return (
            total(line.opening for line in self.lines),
            total(line.movement for line in self.lines),
            total(line.closing for line in self.lines),
        )

    @property
    def is_level(self) -> bool:
        """Whether all accounts sum to zero, as they must."""
        return not any(self.sums)


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """One receivable account of one payer, age by age."""

    account: Account
    payer_key: str
    payer_name: str
    amounts: tuple[Money, ...]

    @property
    def sum(self) -> Money:
        """All ages together."""
        return total(self.amounts)


@dataclass(frozen=True, slots=True)
class AgeingPicture:
    """What is owed, by who owes it and by age.

    Attributes:
        as_of: The day on which ages are counted.
        buckets: The columns; those that nobody needs in ordinary books only where they hold
            something.
        owed: What stands in the receivable accounts together: A/R.
        credits: What we owe back, by account. It is no part of A/R.
    """

    as_of: date
    buckets: tuple[AgeBucket, ...]
    rows: tuple[AgeingRow, ...]
    owed: Money
    credits: tuple[tuple[Account, Money], ...]

    @property
    def sums(self) -> tuple[Money, ...]:
        """Each age over all rows."""
        return tuple(
            total(row.amounts[place] for row in self.rows) for place in range(len(self.buckets))
        )

    @property
    def is_level(self) -> bool:
        """Whether all ages of all rows sum to A/R, as they must."""
        return total(self.sums) == self.owed
