"""The order in which a guide wants the segments of a loop."""

from collections.abc import Iterator, Sequence

from revcycle.formats.x12.guides.places import Move, Plan, Spot, State, plan_of
from revcycle.formats.x12.guides.rules import Guide, SegmentRule
from revcycle.formats.x12.guides.walk import Walker
from revcycle.formats.x12.segments import Segment


def canonical_order(
    guide: Guide, segments: Sequence[Segment], component: str = ":"
) -> list[Segment]:
    """Put the segments of one loop, or of a whole transaction, into the order of the guide.

    The first segment opens the loop (or is ST). Loops inside it are ordered in the same way; the
    segments of each must follow the one that opens it. Equal uses keep their order, and a segment
    that the guide does not know stays behind the one before it.

    Returns:
        The same segments, in a list of its own.
    """
    if not segments:
        return []
    plan = plan_of(guide)
    start = _start(plan, segments[0], component)
    if start is None:
        return list(segments)
    branch = _Branch(start.spot)
    walker = Walker(plan, segments[1:], component, start)
    open_branches = [branch]
    branch.lines.append((0, 0, segments[0]))
    for number, (one, move) in enumerate(zip(segments[1:], walker.moves(), strict=True), start=1):
        _place(open_branches, one, move, number)
    return list(branch.in_order())


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


def _start(plan: Plan, first: Segment, component: str) -> State | None:
    """Find the loop that this segment opens, or the transaction itself for an ST."""
    if first[0] == "ST":
        return plan.root.state(1)
    accepts = plan.accepts(first, component)
    return next((spot.opened() for spot in _spots(plan.root) if accepts(spot.rule.opener)), None)


def _spots(spot: Spot) -> Iterator[Spot]:
    for child in spot.children:
        if isinstance(child, Spot):
            yield child
            yield from _spots(child)


def _place(branches: list[_Branch], segment: Segment, move: Move, number: int) -> None:
    for _ in range(min(move.up, len(branches) - 1)):
        branches.pop()
    for spot in move.opens:
        inner = _Branch(spot)
        branches[-1].add(spot.index, number, inner)
        branches.append(inner)
    branch = next(
        (one for one in reversed(branches) if _child(one.spot, move.rule) >= 0), branches[-1]
    )
    child = _child(branch.spot, move.rule)
    if child < 0:  # unknown: it stays behind the line before it
        child = branch.lines[-1][0] if branch.lines else 0
    branch.add(child, number, segment)


def _child(spot: Spot, rule: SegmentRule | None) -> int:
    return next((at for at, child in enumerate(spot.children) if child is rule), -1)
