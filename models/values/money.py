"""Money as a whole number of cents."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

# Digits with an optional sign and point, no exponent and no infinity. Fifteen digits before the
# point fit, as cents, into the 64 bits of a column.
PLAIN_NUMBER = re.compile(r"[+-]?(?=\.?\d)\d{0,15}(?:\.\d{0,6})?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount in the smallest unit of the practice's one currency.

    There is no division and no float constructor: an amount is split with
    ``allocate`` and scaled by a rate with ``times``, so that each rounding is
    visible at the place where it happens.
    """

    cents: int

    def __post_init__(self) -> None:
        """Refuse floats and bools, which Python would otherwise let through."""
        if type(self.cents) is not int:
            msg = f"Money takes a whole number of cents, not {type(self.cents).__name__}"
            raise TypeError(msg)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a decimal amount such as ``"125.5"`` or ``"-40"``.

        Raises:
            ValueError: the text is not a plain decimal number, or is finer than a cent.
        """
        if not PLAIN_NUMBER.fullmatch(text):
            msg = "not an amount"
            raise ValueError(msg)
        cents = Decimal(text).scaleb(2)
        if cents != cents.to_integral_value():
            msg = "not a whole number of cents"
            raise ValueError(msg)
        return cls(int(cents))

    def times(self, rate: Decimal) -> Self:
        """Scale by a rate and round half up to a cent, once, here."""
        return type(self)(int((self.cents * rate).quantize(Decimal(1), ROUND_HALF_UP)))

    def allocate(self, weights: Sequence[int]) -> tuple[Self, ...]:
        """Split by weights with the largest remainder; the parts sum to the whole.

        Ties go to the earlier part. A negative amount is split as its absolute value and
        negated, so that a reversal is the exact negation of what it reverses.

        Raises:
            ValueError: there is no positive weight, or one is negative.
        """
        total = sum(weights)
        if total <= 0 or any(weight < 0 for weight in weights):
            msg = "weights must not be negative and must sum to more than zero"
            raise ValueError(msg)
        size, sign = abs(self.cents), -1 if self.cents < 0 else 1
        parts = [size * weight // total for weight in weights]
        by_remainder = sorted(
            range(len(weights)), key=lambda index: (-(size * weights[index] % total), index)
        )
        for index in by_remainder[: size - sum(parts)]:
            parts[index] += 1
        return tuple(type(self)(sign * part) for part in parts)

    def __add__(self, other: Self) -> Self:
        """Add two amounts."""
        return type(self)(self.cents + other.cents)

    def __sub__(self, other: Self) -> Self:
        """Subtract an amount."""
        return type(self)(self.cents - other.cents)

    def __neg__(self) -> Self:
        """Turn a debit into a credit."""
        return type(self)(-self.cents)

    def __bool__(self) -> bool:
        """Tell whether there is any money at all."""
        return self.cents != 0

    def __str__(self) -> str:
        """Print two decimals, as CSV and statements expect."""
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """Add up amounts; nothing adds up to zero."""
    return sum(amounts, ZERO)
