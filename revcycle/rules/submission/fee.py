"""What does the practice charge for a service?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.values.money import Money


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
