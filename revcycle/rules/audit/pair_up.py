"""Which code of one coding stands for which code of another."""

from collections.abc import Callable, Sequence

Pairs = list[tuple[int | None, int | None]]


def pair_up(mine: Sequence[str], theirs: Sequence[str], kin: Callable[[str], str | None]) -> Pairs:
    """Pair equal codes first, then codes of one kind; the rest stands alone.

    Args:
        mine: Codes, in their order.
        theirs: Other codes, in their order.
        kin: Names the kind of a code; codes of one kind are taken for each other. None: no kind.

    Returns:
        Places in both lists, in the order of mine, then what only they have.

    Source:
        House rule: a code in the place of a related one is one wrong decision, not two.
    """
    found: dict[int, int] = {}
    for name in (str, kin):
        _pair(mine, theirs, name, found)
    paired = [(place, found.get(place)) for place in range(len(mine))]
    taken = set(found.values())
    return [*paired, *((None, place) for place in range(len(theirs)) if place not in taken)]


def _pair(
    mine: Sequence[str],
    theirs: Sequence[str],
    name: Callable[[str], str | None],
    found: dict[int, int],
) -> None:
    """Pair what has the same name, in order, among what stands alone so far."""
    free: dict[str, list[int]] = {}
    taken = set(found.values())
    for place, code in enumerate(theirs):
        kind = name(code)
        if place not in taken and kind is not None:
            free.setdefault(kind, []).append(place)
    for place, code in enumerate(mine):
        kind = name(code)
        if place not in found and kind is not None and free.get(kind):
            found[place] = free[kind].pop(0)
