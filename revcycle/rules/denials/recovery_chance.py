"""How likely does a denial bring money, by what became of the practice's own denials?

A rate of a few denials says little, so each is drawn towards a wider one: all of the practice
towards one half, those of the category towards all, those of payer, category and age towards the
category. Each wider rate counts as ``WEIGHT`` further denials (a Beta prior).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

WEIGHT: Final = 10
PERMILLE: Final = 1_000
NOTHING_KNOWN: Final = Fraction(1, 2)
# A denial is compared with those that were still unresolved when they were as old.
AGES: Final = (0, 31, 61, 91)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of denials of one kind.

    Attributes:
        age_days: From the payer's decision until it was resolved, rounded down to one of AGES.
        count: How many.
        recovered: How many of them brought money from a payer.
    """

    payer_key: str
    category: str
    age_days: int
    count: int
    recovered: int


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance, and the counts that it is made of.

    Attributes:
        permille: 0 to 1000.
        like: Resolved denials of the same payer and category that were open as long.
        of_category: Resolved denials of the category.
        of_all: All resolved denials of the practice.
    """

    permille: int
    like: tuple[int, int]  # recovered, resolved
    of_category: tuple[int, int]
    of_all: tuple[int, int]
    age_from: int

    @property
    def words(self) -> str:
        """Say the arithmetic in one sentence."""
        return (
            f"{self.like[0]} of {self.like[1]} like it (same payer and category, open for"
            f" {self.age_from} days or more) brought money, {self.of_category[0]} of"
            f" {self.of_category[1]} of the category, {self.of_all[0]} of {self.of_all[1]} in all;"
            f" each wider rate counts as {WEIGHT} more"
        )


def age_class(days: int) -> int:
    """Round an age down to the class that it is compared in.

    Source:
        The usual classes of ageing: 30, 60 and 90 days.
    """
    return max(age for age in AGES if age <= max(days, 0))


def count_resolved(outcomes: Iterable[tuple[str, str, int, bool]]) -> tuple[Resolved, ...]:
    """Count what became of denials by payer, category and class of age.

    Args:
        outcomes: Payer, category, days until it was resolved, whether it brought money.

    Source:
        ``age_class``.
    """
    found: Counter[tuple[str, str, int]] = Counter()
    recovered: Counter[tuple[str, str, int]] = Counter()
    for payer_key, category, days, is_recovered in outcomes:
        kind = (payer_key, category, age_class(days))
        found[kind] += 1
        recovered[kind] += int(is_recovered)
    return tuple(Resolved(*kind, count, recovered[kind]) for kind, count in sorted(found.items()))


def recovery_chance(
    resolved: Iterable[Resolved], *, payer_key: str, category: str, age_days: int
) -> Chance:
    """Estimate the chance of one denial.

    Source:
        The mean of a Beta distribution whose prior is the wider rate with a weight of ten
        (beta-binomial shrinkage).
    """
    known = tuple(resolved)
    age = age_class(age_days)
    of_category = tuple(one for one in known if one.category == category)
    like = tuple(one for one in of_category if one.payer_key == payer_key and one.age_days >= age)
    counts = tuple(_counts(part) for part in (known, of_category, like))
    rate = NOTHING_KNOWN
    for recovered, count in counts:
        rate = (recovered + WEIGHT * rate) / (count + WEIGHT)
    return Chance(_permille(rate), counts[2], counts[1], counts[0], age)


def _counts(part: Iterable[Resolved]) -> tuple[int, int]:
    rows = tuple(part)
    return sum(one.recovered for one in rows), sum(one.count for one in rows)


def _permille(rate: Fraction) -> int:
    """Round half up; the counts are small enough to be exact until here."""
    return int(rate * PERMILLE + Fraction(1, 2))
