"""Clocks: what must be done until when, counted from what, and who says so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.documents.claim import ClaimForm


class ClockKind(StrEnum):
    """What a clock is about."""

    FILING = "filing"  # a first claim must reach the payer
    CORRECTED_CLAIM = "corrected_claim"  # a replacement must reach the payer
    APPEAL = "appeal"  # the payer must have our appeal
    RECORDS = "records"  # the payer must have what it asked for
    OVERPAYMENT = "overpayment"  # money of a payer must be given back
    CROSSOVER = "crossover"  # until then the next payer is left to hear from the one before
    SILENT = "silent"  # until then a payer may say nothing of a claim


class StartEvent(StrEnum):
    """What a clock is counted from; that day itself is day 0."""

    SERVICE = "service"  # first day of a professional claim, last day of an institutional one
    SERVICE_FROM = "service_from"
    SERVICE_THROUGH = "service_through"
    REMITTANCE = "remittance"  # the day of the payer's decision
    LETTER = "letter"  # the date on the payer's letter
    RECEIPT = "receipt"  # the day on which the decision reached us
    IDENTIFICATION = "identification"  # the day on which we knew of the overpayment
    SENT = "sent"  # the day on which the claim left


class ClosedDay(StrEnum):
    """What happens to a clock that ends on a weekend or a federal holiday."""

    STAYS = "stays"  # the day is shown and not moved: act before
    NEXT_BUSINESS_DAY = "next_business_day"  # the rule itself moves it


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One rule of one clock. An empty set fits anything; exactly one of days and months is given.

    Attributes:
        id: Stable name, such as ``filing.medicare``.
        days: Length in days; business days where ``counts_business_days`` says so.
        months: Length in calendar months; a day that the month lacks becomes its last day.
        receipt_days: Days after the start until its receipt is presumed; added before counting.
        warn_days: So many days before the end a person is told.
        filing_indicators: Classes of payers, CLM or SBR09: MB, MA, MC, CI, HM, 12 ...
        payer_keys: Payers by their key in the client file.
        forms: Professional or institutional claims.
        level: Of an appeal: 1 is the first.
        source: Where it is written: an address, a contract, the client file.
        verified_on: When somebody last compared it with the source; None of a practice's own.
    """

    id: str
    kind: ClockKind
    start: StartEvent
    days: int | None = None
    months: int | None = None
    counts_business_days: bool = False
    receipt_days: int = 0
    closed_day: ClosedDay = ClosedDay.STAYS
    warn_days: int = 14
    filing_indicators: frozenset[str] = frozenset()
    payer_keys: frozenset[str] = frozenset()
    forms: frozenset[ClaimForm] = frozenset()
    level: int = 1
    source: str = ""
    verified_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a rule without a length, or with two."""
        if (self.days is None) == (self.months is None):
            msg = f"clock {self.id!r} needs days or months, and not both"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs for something of ours.

    Attributes:
        ends_on: The last day that still counts.
        days_left: 0 on the last day, negative when it is over.
        is_closed_day: The last day is a weekend or a federal holiday.
    """

    rule: ClockRule
    started_on: date
    ends_on: date
    days_left: int
    is_closed_day: bool

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.days_left < 0

    @property
    def is_near(self) -> bool:
        """Whether a person must be told by now."""
        return self.days_left <= self.rule.warn_days
