"""How accurate a coder is, and how sure that figure is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

Z_95: Final = Decimal("1.959964")  # 97.5 % point of the standard normal distribution
ONE: Final = Decimal(1)
ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of so many were right. Shares lie between 0 and 1.

    Attributes:
        right: How many were right.
        count: Of how many.
    """

    right: int
    count: int

    @property
    def share(self) -> Decimal | None:
        """The share that was right; None of nothing."""
        return Decimal(self.right) / self.count if self.count else None

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """Where the true share lies, at 95 %; everything is possible when nothing was seen."""
        return wilson_interval(self.right, self.count)


def wilson_interval(right: int, count: int, z: Decimal = Z_95) -> tuple[Decimal, Decimal]:
    """Say where the true share lies when ``right`` of ``count`` were right.

    Source:
        E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
        JASA 22 (1927), 209-212; recommended for small samples by Brown, Cai and DasGupta,
        "Interval Estimation for a Binomial Proportion", Statistical Science 16 (2001), 101-133.
    """
    if not count:
        return ZERO, ONE
    share = Decimal(right) / count
    square = z * z
    scale = 1 + square / count
    middle = (share + square / (2 * count)) / scale
    spread = share * (1 - share) / count + square / (4 * count * count)
    half = z * spread.sqrt() / scale
    # At the ends the formula gives 0 and 1 but for the last digit.
    low = ZERO if right == 0 else max(ZERO, middle - half)
    high = ONE if right == count else min(ONE, middle + half)
    return low, high
