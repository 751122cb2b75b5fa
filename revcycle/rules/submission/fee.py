"""What does the practice charge for a service?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.values.money import Money


@dataclass(frozen=True, slots=True)
class ClaimedService:
    """A service with the price at which a claim says it."""

    procedure_code: str
    modifiers: tuple[str, ...]
    units: Decimal
    charge: Money


def find_charge(
    procedure_code: str, modifiers: Sequence[str], units: Decimal, *, fees: Mapping[str, Money]
) -> Money | None:
    """Price a service; None when the fee file has no price for it.

    Args:
        procedure_code: HCPCS or CPT.
        modifiers: A price for ``code-modifier`` goes before that of the code; the first wins.
        units: How many; the amount is rounded half up to a cent, once.
        fees: Prices of one unit by ``code`` or ``code-modifier``.

    Source:
        The practice's own fee schedule, ``fees.csv``.
    """
    keys = (*(f"{procedure_code}-{modifier}" for modifier in modifiers), procedure_code)
    price = next((fees[key] for key in keys if key in fees), None)
    return None if price is None else price.times(units)


def find_new_charge(
    procedure_code: str,
    modifiers: Sequence[str],
    units: Decimal,
    *,
    claimed: Collection[ClaimedService],
    fees: Mapping[str, Money],
) -> Money | None:
    """Price a service that was coded anew; None when nobody knows a price for it.

    What did not change keeps its price, wherever in the claim it stood: a practice may send its
    own prices. With other modifiers the fee file goes before the price of the code as it was; for
    other units or another code only the fee file says one.

    Args:
        procedure_code: HCPCS or CPT.
        modifiers: As coded now.
        units: How many now.
        claimed: The services as the claim said them before.
        fees: Prices of one unit by ``code`` or ``code-modifier``.

    Source:
        The practice's own fee schedule, ``fees.csv``, and the prices it sent with the visit.
    """
    alike = [one for one in claimed if (one.procedure_code, one.units) == (procedure_code, units)]
    same = (one.charge for one in alike if one.modifiers == tuple(modifiers))
    if (price := next(same, None)) is not None:
        return price
    fee = find_charge(procedure_code, modifiers, units, fees=fees)
    return fee if fee is not None else next((one.charge for one in alike), None)
