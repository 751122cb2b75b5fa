"""How far two people agree beyond chance."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

Counted = tuple[str, str, int]  # what one said, what the other said, how often


def cohens_kappa(decisions: Iterable[Counted]) -> Decimal | None:
    """Measure agreement on codes: 1 is always, 0 is as often as by chance.

    Args:
        decisions: What each of the two coded for the same thing, and how often; empty is a word
            as any other: "nothing".

    Returns:
        Kappa; None when there is nothing to compare, or when both only ever said one thing, so
        that chance alone explains everything.

    Source:
        J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological
        Measurement 20 (1960), 37-46.
    """
    mine, theirs = Counter[str](), Counter[str]()
    total = same = 0
    for there, here, times in decisions:
        mine[there] += times
        theirs[here] += times
        total += times
        same += times if there == here else 0
    by_chance = sum(mine[word] * theirs[word] for word in mine)
    if not total or by_chance == total * total:
        return None
    observed = Decimal(same) / total
    expected = Decimal(by_chance) / (total * total)
    return (observed - expected) / (1 - expected)
