"""How often would chance alone bring such a difference between two tallies?

All tests condition on what both have together, as if the encounters had been dealt out anew. Where
counts are small the dealing is done, with a fixed seed: the same rows give the same answer.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, gammaln, ndtr

from models.documents.coding_mix import Tally

SEED: Final = 20_261_122
DEALS: Final = 9_999
EXPECTED_MIN: Final = 10  # Cochran asks for 5, where the tails are still too light
MANY: Final = 100  # on both sides: a mean is normal enough
ROUNDING: Final = 1e-9
Counts = NDArray[np.int64]


def chance_of_shares(own: Tally, other: Tally) -> float:
    """Judge two distributions over the same values: chi-square, dealt out where counts are small.

    Source:
        Cochran, Biometrics 10 (1954) 417-451 (expected counts); Patefield, Applied Statistics 30
        (1981) 91-97 (tables with fixed margins); Phipson and Smyth, Stat. Appl. Genet. Mol. Biol.
        9 (2010) article 39 (plus one).
    """
    _, mine, both = _table(own, other)
    expected = both * mine.sum() / both.sum()
    if len(both) == 1:
        return 1.0
    found = float(_chi_square(mine[None, :], both)[0])
    if min(expected.min(), (both - expected).min()) >= EXPECTED_MIN:
        return float(chdtrc(len(both) - 1, found))
    return _share_as_far(_chi_square(_deal(mine, both), both), found)


def chance_of_means(own: Tally, other: Tally) -> float:
    """Judge the means of two tallies by dealing all values out anew; by the normal if many.

    Source:
        Pitman, Suppl. J. R. Statist. Soc. 4 (1937) 119-130; Hoeffding, Ann. Math. Statist. 22
        (1951) 558-566 (the normal limit).
    """
    values, mine, both = _table(own, other)
    size, whole = int(mine.sum()), int(both.sum())
    mean = float(values @ both) / whole
    spread = float(((values - mean) ** 2) @ both) / whole
    if spread == 0:
        return 1.0
    found = abs(float(values @ mine) / size - mean)
    if min(size, whole - size) >= MANY:
        error = (spread * (whole - size) / (size * (whole - 1))) ** 0.5
        return float(2 * ndtr(-found / error))
    return _share_as_far(np.abs(_deal(mine, both) @ values / size - mean), found)


def chance_of_rates(own: tuple[int, int], other: tuple[int, int]) -> float:
    """Judge two shares, each as (with, of all), by Fisher's exact test, two-sided.

    Source:
        Fisher, J. R. Statist. Soc. 98 (1935) 39-82.
    """
    marked, size, whole = own[0] + other[0], own[1], own[1] + other[1]
    support = np.arange(max(0, marked - other[1]), min(marked, size) + 1)
    logs = _choose(marked, support) + _choose(whole - marked, size - support)
    weights = np.exp(logs - logs.max())
    found = weights[own[0] - support[0]]
    return float(weights[weights <= found * (1 + ROUNDING)].sum() / weights.sum())


def _table(own: Tally, other: Tally) -> tuple[NDArray[np.float64], Counts, Counts]:
    values = sorted({*own, *other})
    mine = np.array([own.get(value, 0) for value in values], dtype=np.int64)
    theirs = np.array([other.get(value, 0) for value in values], dtype=np.int64)
    return np.array([float(value) for value in values]), mine, mine + theirs


def _deal(mine: Counts, both: Counts) -> Counts:
    return np.random.default_rng(SEED).multivariate_hypergeometric(
        both, int(mine.sum()), size=DEALS, method="marginals"
    )


def _chi_square(deals: Counts, both: Counts) -> NDArray[np.float64]:
    size, whole = deals[0].sum(), both.sum()
    expected, rest = both * size / whole, both * (whole - size) / whole
    squares = (deals - expected) ** 2
    found: NDArray[np.float64] = (squares / expected + squares / rest).sum(axis=1)
    return found


def _share_as_far(dealt: NDArray[np.float64], found: float) -> float:
    as_far = int((dealt >= found * (1 - ROUNDING)).sum())
    return (as_far + 1) / (len(dealt) + 1)


def _choose(count: int, taken: NDArray[np.int64] | Sequence[int]) -> NDArray[np.float64]:
    some = np.asarray(taken)
    found: NDArray[np.float64] = gammaln(count + 1) - gammaln(some + 1) - gammaln(count - some + 1)
    return found
