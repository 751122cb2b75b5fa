"""Providers whose codings are dealt out by chance, each a little different from the others."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

import numpy as np

from models.documents.coding_mix import (
    Asked,
    CodingMix,
    EncounterGroup,
    LineGroup,
    ProviderOfMix,
    Tally,
)
from revcycle.rules.anomalies.tallies import tally_mix

LAKESIDE, SUMMIT = UUID(int=1), UUID(int=2)
OFFICE_LEVELS = (0.03, 0.12, 0.45, 0.35, 0.05)  # 99211 to 99215
SHIFTED_LEVELS = (0.01, 0.04, 0.20, 0.45, 0.30)
LIKE_THE_SHARES = 150  # a provider's own shares lie about 4 points around those of all
SEPARATE_VISITS = 0.12
SEPARATE_SERVICES = 0.10
WITH_TREATMENT = 0.4
UNITS = (0.50, 0.30, 0.15, 0.05)


def a_provider(number: int, client_id: UUID = LAKESIDE) -> ProviderOfMix:
    return ProviderOfMix(UUID(int=100 + number), client_id, f"{number:010}", f"P{number}", "207Q")


PROVIDERS = tuple(a_provider(number, LAKESIDE if number < 5 else SUMMIT) for number in range(10))


class Habits:
    """How one provider codes; the same in every period."""

    def __init__(self, dice: np.random.Generator, levels: Sequence[float]) -> None:
        self.levels = dice.dirichlet(np.array(levels) * LIKE_THE_SHARES)
        self.units = dice.dirichlet(np.array(UNITS) * LIKE_THE_SHARES)
        self.with_25 = dice.beta(*_around(SEPARATE_VISITS))
        self.with_59 = dice.beta(*_around(SEPARATE_SERVICES))

    def code(self, dice: np.random.Generator, provider_id: UUID, encounters: int) -> CodingMix:
        """Deal out a period's encounters: a visit each, and up to three units of a treatment."""
        lines: list[LineGroup] = []
        for level, seen in enumerate(dice.multinomial(encounters, self.levels), start=1):
            marked = dice.binomial(seen, self.with_25)
            lines += _lines(provider_id, f"9921{level}", "25", 1, marked, seen)
        more = dice.binomial(encounters, WITH_TREATMENT)
        for units, seen in enumerate(dice.multinomial(more, self.units), start=1):
            marked = dice.binomial(seen, self.with_59)
            lines += _lines(provider_id, "97110", "59", units, marked, seen)
        services = {1: encounters - more, 2: more}
        return CodingMix(
            tuple(line for line in lines if line.lines),
            tuple(EncounterGroup(provider_id, each, n) for each, n in services.items()),
        )


def two_periods(
    seed: int, *, encounters: int = 150, shifted: int | None = None, levels: Sequence[float]
) -> tuple[Mapping[Asked, Tally], Mapping[Asked, Tally]]:
    """Deal out now and before; one provider may have shifted since."""
    dice = np.random.default_rng(seed)
    now, before = [], []
    for number, one in enumerate(PROVIDERS):
        habits = Habits(dice, OFFICE_LEVELS)
        before.append(habits.code(dice, one.id, encounters))
        if number == shifted:
            habits = Habits(dice, levels)
        now.append(habits.code(dice, one.id, encounters))
    return tally_mix(_join(now)), tally_mix(_join(before))


def _lines(
    provider_id: UUID, code: str, modifier: str, units: int, marked: int, seen: int
) -> list[LineGroup]:
    return [
        LineGroup(provider_id, code, (modifier,), Decimal(units), marked),
        LineGroup(provider_id, code, (), Decimal(units), seen - marked),
    ]


def _join(mixes: Sequence[CodingMix]) -> CodingMix:
    return CodingMix(
        tuple(line for mix in mixes for line in mix.lines),
        tuple(each for mix in mixes for each in mix.encounters),
    )


def _around(share: float) -> tuple[float, float]:
    return share * LIKE_THE_SHARES, (1 - share) * LIKE_THE_SHARES
