"""Draw charts from a population so that anybody can draw the same again."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

_STEPS: Final = 1 << 64


def draw_random(population: Sequence[UUID], count: int, seed: str) -> list[UUID]:
    """Draw charts, each as likely as any other.

    The same seed and population give the same sample, in whatever order the population comes, and
    a larger sample holds the smaller one. Nobody can choose a chart by hand.

    Source:
        HHS OIG, Statistical Sampling: A Toolkit for MFCUs (2018): the seed is kept, so that the
        sample can be drawn again.
    """
    return sorted(set(population), key=lambda one: (_chance(one, seed), one))[:count]


def draw_by_risk(weights: Mapping[UUID, int], count: int, seed: str) -> list[UUID]:
    """Draw charts, each the likelier the more it weighs; of equal weights as ``draw_random``.

    Args:
        weights: The weight of each chart of the population, from 1.
        count: How many to draw.
        seed: As in ``draw_random``.

    Source:
        P. S. Efraimidis and P. G. Spirakis, "Weighted random sampling with a reservoir",
        Information Processing Letters 97 (2006), 181-185.
    """
    return sorted(weights, key=lambda one: (-_chance(one, seed).ln() / weights[one], one))[:count]


def _chance(chart: UUID, seed: str) -> Decimal:
    """Give each chart its own number between 0 and 1, decided by the seed."""
    digest = hashlib.sha256(f"{seed}:{chart}".encode()).digest()
    return Decimal(int.from_bytes(digest[:8]) + 1) / (_STEPS + 1)
