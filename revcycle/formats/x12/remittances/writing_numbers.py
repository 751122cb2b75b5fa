"""The segments that are all numbers (MIA, MOA, TS3, TS2), written from the places of fields."""

from collections.abc import Mapping
from typing import Any

from revcycle.formats.x12.elements import write_amount, write_quantity

ELEMENTS_MAX = 24


def numbered_elements(
    said: Any,
    amounts: Mapping[str, int],
    quantities: Mapping[str, int],
) -> list[str]:
    """Put each amount and count at its place; the others are empty."""
    elements = [""] * ELEMENTS_MAX
    for name, number in amounts.items():
        amount = getattr(said, name)
        elements[number - 1] = "" if amount is None else write_amount(amount)
    for name, number in quantities.items():
        quantity = getattr(said, name)
        elements[number - 1] = "" if quantity is None else write_quantity(quantity)
    return elements
