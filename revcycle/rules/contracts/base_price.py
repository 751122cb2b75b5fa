"""What a term gives for a service before any reduction: exact, not yet rounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from models.documents.contract import (
    ContractService,
    ContractTerm,
    MpfsAmount,
    MpfsKey,
    PriceMethod,
)

CENTS = Decimal(100)
HUNDRED_PERCENT = Decimal(100)
# Where Medicare pays the practitioner the facility rate.
# Source: CMS, Medicare Claims Processing Manual, chapter 12, section 20.4.2.
FACILITY_PLACES: Final = frozenset(
    {"02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"}
)


@dataclass(frozen=True, slots=True)
class BasePrice:
    """A price in cents, exact, and how it came about; None where a schedule lacks the code."""

    cents: Decimal | None
    arithmetic: str
    mpfs: MpfsAmount | None = None


def base_price(
    service: ContractService,
    modifiers: Sequence[str],
    term: ContractTerm,
    mpfs: Mapping[MpfsKey, MpfsAmount],
) -> BasePrice:
    """Price a service by a term, as if the line had these modifiers."""
    found = find_mpfs(service, modifiers, term, mpfs)
    rate = _plain(term.rate)
    match term.method:
        case PriceMethod.FEE:
            text = f"fee {term.rate:.2f}{_times(service)}"
            return BasePrice(term.rate * CENTS * service.units, text, found)
        case PriceMethod.PER_UNIT:
            return BasePrice(term.rate * CENTS * service.units, f"{rate}{_times(service)}", found)
        case PriceMethod.CASE_RATE:
            return BasePrice(term.rate * CENTS, f"case rate {term.rate:.2f}", found)
        case PriceMethod.PERCENT_OF_CHARGE:
            cents = service.charge.cents * term.rate / HUNDRED_PERCENT
            return BasePrice(cents, f"{rate} % of the charge {service.charge}", found)
        case PriceMethod.PERCENT_OF_MPFS:
            return _percent_of_mpfs(service, term, found)
        case PriceMethod.CARVE_OUT:
            return BasePrice(None, "carved out: this contract pays it otherwise")


def find_mpfs(
    service: ContractService,
    modifiers: Sequence[str],
    term: ContractTerm,
    mpfs: Mapping[MpfsKey, MpfsAmount],
) -> MpfsAmount | None:
    """Find a code in the fee schedule that a term names, under its first listed modifier."""
    keys = (
        (service.code, modifier, term.mpfs_year, term.mpfs_locality)
        for modifier in (*modifiers, "")
    )
    return next((mpfs[key] for key in keys if key in mpfs), None)


def _percent_of_mpfs(
    service: ContractService, term: ContractTerm, found: MpfsAmount | None
) -> BasePrice:
    where = f"MPFS {term.mpfs_year} of locality {term.mpfs_locality}"
    if found is None:
        return BasePrice(None, f"{where} has no amount of {service.code}")
    is_facility = service.place_of_service in FACILITY_PLACES
    amount = found.facility if is_facility else found.nonfacility
    setting = "in a facility" if is_facility else "outside facilities"
    cents = amount.cents * term.rate / HUNDRED_PERCENT * service.units
    text = f"{_plain(term.rate)} % of {amount} ({where}, {setting}){_times(service)}"
    return BasePrice(cents, text, found)


def _times(service: ContractService) -> str:
    return "" if service.units == 1 else f" x {_plain(service.units)} units"


def _plain(number: Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
