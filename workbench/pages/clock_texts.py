"""Clocks in words: what must be done, until when, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from models.documents.clock import ClockKind
from models.values.money import Money
from revcycle.rules.clocks.holidays import is_business_day
from revcycle.store.clocks import RunningClock

KIND_WORDS: Final[Mapping[ClockKind, str]] = MappingProxyType(
    {
        ClockKind.FILING: "File the claim",
        ClockKind.CORRECTED_CLAIM: "Send the corrected claim",
        ClockKind.APPEAL: "Send the appeal",
        ClockKind.RECORDS: "Send the records",
        ClockKind.OVERPAYMENT: "Give the money back",
        ClockKind.CROSSOVER: "Hear from the next payer",
        ClockKind.SILENT: "Hear from the payer",
    }
)
LATE, NEAR = "late", "near"


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock as a person reads it.

    Attributes:
        left: Days left in words.
        tone: ``late``, ``near`` or nothing.
        is_closed_day: The last day is a weekend or a federal holiday.
        address: Of what it is about.
    """

    what: str
    client_key: str
    claim_number: str
    payer_name: str
    amount: Money | None
    started_on: date
    ends_on: date
    left: str
    tone: str
    is_closed_day: bool
    source: str
    rule_id: str
    address: str


def show_clock(clock: RunningClock, today: date) -> ShownClock:
    """Say how much of a clock is left."""
    days = (clock.ends_on - today).days
    return ShownClock(
        what=KIND_WORDS[clock.kind],
        client_key=clock.client_key,
        claim_number=clock.control_number,
        payer_name=clock.payer_name,
        amount=clock.amount,
        started_on=clock.started_on,
        ends_on=clock.ends_on,
        left=_left(days),
        tone=LATE if days < 0 else NEAR if clock.warn_on <= today else "",
        is_closed_day=not is_business_day(clock.ends_on),
        source=clock.source,
        rule_id=clock.rule_id,
        address=_address(clock),
    )


def _left(days: int) -> str:
    if days < 0:
        return f"over for {-days}"
    return "today is the last" if days == 0 else str(days)


def _address(clock: RunningClock) -> str:
    if clock.claim_id is not None:
        return f"/practices/{clock.client_key}/claims/{clock.claim_id}"
    if clock.patient_id is not None:
        return f"/practices/{clock.client_key}/patients/{clock.patient_id}"
    return f"/books/{clock.client_key}/refunds"
