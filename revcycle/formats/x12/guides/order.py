"""The order in which a guide wants the segments of a loop."""

from collections.abc import Iterator, Sequence

from revcycle.formats.x12.guides.places import Acceptance, Plan, Spot, opener, plan_of
from revcycle.formats.x12.guides.rules import Guide
from revcycle.formats.x12.segments import Segment


def canonical_order(
    guide: Guide,
    segments: Sequence[Segment],
    component: str = ":",  # noqa: ARG001 - given as to walk; a code is read up to any separator
) -> list[Segment]:
    """Put the segments of one loop, or of a whole transaction, into the order of the guide.

    The first segment opens the loop (or is ST). Loops inside it are ordered in the same way; the
    segments of each must follow the one that opens it. Equal uses keep their order, and a segment
    that the guide does not know stays behind the one before it.

    Returns:
        The same segments, in a list of its own.
    """
    spot = _start(plan_of(guide), segments[0]) if segments else None
    if spot is None:
        return list(segments)
    branches = [_Branch(spot)]
    for number, one in enumerate(segments):
        if number == 0:
            branches[0].add(0, 0, one)
        elif not _place(branches, one, number):
            last = branches[-1]
            last.add(last.lines[-1][0], number, one)
    return list(branches[0].in_order())


class _Branch:
    """A loop that is being filled: its lines and inner loops with the number of their rule."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot
        self.lines: list[tuple[int, int, Segment | _Branch]] = []

    def add(self, child: int, number: int, line: "Segment | _Branch") -> None:
        self.lines.append((child, number, line))

    def in_order(self) -> Iterator[Segment]:
        for _, _, line in sorted(self.lines, key=lambda entry: entry[:2]):
            if isinstance(line, _Branch):
                yield from line.in_order()
            else:
                yield line


def _start(plan: Plan, first: Segment) -> Spot | None:
    """Find the loop that this segment opens, or the transaction itself for an ST."""
    if first[0] == "ST":
        return plan.root
    accepts = plan.accepts(first)
    return next((spot for spot in _spots(plan.root) if accepts(spot.rule.opener)), None)


def _spots(spot: Spot) -> Iterator[Spot]:
    for child in spot.children:
        if isinstance(child, Spot):
            yield child
            yield from _spots(child)


def _place(branches: list[_Branch], segment: Segment, number: int) -> bool:
    """Add a segment to the innermost open loop that has a use for it; its code must fit first."""
    for is_qualified in (True, False):
        accepts = Acceptance(segment, is_qualified=is_qualified)
        for at in range(len(branches) - 1, -1, -1):
            child = _child(branches[at].spot, accepts)
            if child >= 0:
                del branches[at + 1 :]
                _add(branches, child, number, segment)
                return True
    return False


def _child(spot: Spot, accepts: Acceptance) -> int:
    first = 0 if spot.parent is None else 1
    children = enumerate(spot.children)
    return next((at for at, child in children if at >= first and accepts(opener(child))), -1)


def _add(branches: list[_Branch], child: int, number: int, segment: Segment) -> None:
    branch = branches[-1]
    inside = branch.spot.children[child]
    if isinstance(inside, Spot):
        inner = _Branch(inside)
        inner.add(0, number, segment)
        branch.add(child, number, inner)
        branches.append(inner)
    else:
        branch.add(child, number, segment)
