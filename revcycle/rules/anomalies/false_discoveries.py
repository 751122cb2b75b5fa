"""Many questions at once: which answers are more than chance?"""

from collections.abc import Sequence


def adjust_chances(chances: Sequence[float]) -> list[float]:
    """Adjust the chances of many questions, so that few of the remarks made are false ones.

    A remark is made where the adjusted value is at most the share of false remarks that is let be.

    Source:
        Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995) 289-300.
    """
    order = sorted(range(len(chances)), key=lambda number: chances[number], reverse=True)
    adjusted, least = [1.0] * len(chances), 1.0
    for place, number in enumerate(order):
        rank = len(chances) - place
        least = min(least, chances[number] * len(chances) / rank)
        adjusted[number] = least
    return adjusted
