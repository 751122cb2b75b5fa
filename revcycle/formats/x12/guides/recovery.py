"""What to make of a segment that the guide does not foresee where it stands.

Each possible reading is tried on the segments that follow; the one that finds the fewest mistakes
is taken, so that one mistake in a file gives one report and not a row of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from revcycle.formats.x12.guides.elements import flaws_of
from revcycle.formats.x12.guides.places import (
    Acceptance,
    Move,
    Plan,
    Spot,
    State,
    children_from,
    codes_of,
    move_to,
    opener,
)
from revcycle.formats.x12.guides.rules import SegmentRule
from revcycle.formats.x12.segments import Delimiters

LOOK_AHEAD = 8  # segments
PATIENCE = 300  # mistakes in a transaction, after which no segments ahead are tried any more


class Trouble(StrEnum):
    """What is wrong with a segment as a whole."""

    UNKNOWN = "unknown"  # no such segment in X12 as we know it
    UNEXPECTED = "unexpected"  # not in this transaction, or not here
    MISSING = "missing"  # a required segment or loop is not there
    LOOP_REPEATED = "loop_repeated"  # more often than allowed
    REPEATED = "repeated"
    ORDER = "order"  # stands behind its place
    QUALIFIER = "qualifier"  # the code that says which use it is allows none of them


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a segment.

    Attributes:
        move: What it does then.
        trouble: What is wrong then.
        spot: The loop in which ``child`` is.
        child: The number of the rule concerned among the children of the loop, or -1.
        is_spent: Whether what it repeats may not stand there again.
    """

    move: Move
    trouble: Trouble
    spot: Spot
    child: int = -1
    is_spent: bool = False


@dataclass(slots=True)
class Frame:
    """A loop that is open, and what was seen of it."""

    spot: Spot
    start: int  # number of the segment that opened it
    seen: int = 1  # a bit for each child; the first is the segment that opens the loop
    counts: dict[int, int] = field(default_factory=dict)  # of what came more than once
    excused: set[str] = field(default_factory=set)  # tags whose absence another report explains


class Recovery:
    """Chooses the best reading of an unforeseen segment."""

    def __init__(self, plan: Plan, segments: Sequence[tuple[str, ...]], component: str) -> None:
        self._plan = plan
        self._segments = segments
        self._component = component
        self._delimiters = Delimiters(component=component)
        self._count = 0

    def choose(self, state: State, index: int, frames: Sequence[Frame]) -> Reading:
        """Return the reading that leaves the fewest mistakes in what follows."""
        self._count += 1
        tag = self._segments[index][0]
        stay = Move(None, state, 0)
        if tag not in self._plan.tags:
            is_known = tag in self._plan.guide.segments
            trouble = Trouble.UNEXPECTED if is_known else Trouble.UNKNOWN
            return Reading(stay, trouble, state.spot)
        readings = list(self._readings(state, index, frames))
        readings.append(Reading(stay, Trouble.UNEXPECTED, state.spot))
        return min(readings, key=lambda reading: self._cost(reading, index, frames))

    def _readings(self, state: State, index: int, frames: Sequence[Frame]) -> Iterator[Reading]:
        """Give all readings, the likelier ones first: among equals the first is taken."""
        segment = self._segments[index]
        exact = self._plan.accepts(segment)
        late = list(_late(state, exact, frames))
        yield from (reading for reading in late if not reading.is_spent)
        yield from _without_opener(state, exact)
        yield from (reading for reading in late if reading.is_spent)
        if segment[0] in self._plan.qualified:
            by_tag = Acceptance(segment, is_qualified=False)
            yield from _unqualified(state, by_tag)

    def _cost(self, reading: Reading, index: int, frames: Sequence[Frame]) -> int:
        """Count the mistakes that a reading finds in this segment and the next ones."""
        trial = _Trial(frames)
        move = reading.move
        cost = trial.take(move)
        if move.rule is not None:
            flaws = flaws_of(move.rule, self._segments[index], self._delimiters)
            cost += sum(1 for _ in flaws)
        if reading.trouble is Trouble.ORDER and not move.opens:
            trial.mark(reading.spot, reading.child)
        state = move.state
        ahead = LOOK_AHEAD if self._count < PATIENCE else 0
        for segment in self._segments[index + 1 : index + 1 + ahead]:
            following = self._plan.next(state, segment, self._component)
            if following is None:
                cost += 1
                continue
            cost += trial.take(following)
            state = following.state
        return cost + trial.missed(state)


class _Trial:
    """What would have been seen of the open loops, if a reading were right."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._open = [(frame.spot, frame.seen) for frame in frames]

    def take(self, move: Move) -> int:
        """Follow a move and count what it leaves out or repeats."""
        cost = 0
        for _ in range(move.up):
            spot, seen = self._open.pop()
            cost += (spot.required & ~seen).bit_count()
        for spot in move.opens:
            cost += self._see(spot.bit, spot.rule.max_use)
            self._open.append((spot, 1))
        if move.rule is not None and move.bit:
            cost += self._see(move.bit, move.rule.max_use)
        return cost

    def _see(self, bit: int, max_use: int) -> int:
        spot, seen = self._open[-1]
        self._open[-1] = (spot, seen | bit)
        return int(bool(seen & bit) and max_use == 1)

    def mark(self, wanted: Spot, child: int) -> None:
        """Note a child that came late."""
        self._open = [
            (spot, seen | (1 << child) if spot is wanted else seen) for spot, seen in self._open
        ]

    def missed(self, state: State) -> int:
        """Count what should have come before the place that is reached in each open loop."""
        cost = 0
        for (spot, place), (_, seen) in zip(state.levels(), reversed(self._open), strict=True):
            places = spot.rule.places
            before = sum(1 << at for at, one in enumerate(places) if one < place)
            cost += (spot.required & before & ~seen).bit_count()
        return cost


def _late(state: State, accepts: Acceptance, frames: Sequence[Frame]) -> Iterator[Reading]:
    """Look for a place that is already behind: in this loop and those around it."""
    for up, (spot, place) in enumerate(state.levels()):
        frame = frames[-1 - up]
        for child, rule in children_from(spot, 0):
            if spot.rule.places[child] >= place or not accepts(rule):
                continue
            is_spent = _is_spent(frame, child)
            if isinstance(spot.children[child], Spot):
                move = move_to(spot, child, rule, up)
            else:
                move = Move(rule, state, 0)  # what follows goes on where we were
            yield Reading(move, Trouble.ORDER, spot, child, is_spent)


def _is_spent(frame: Frame, child: int) -> bool:
    bit = 1 << child
    if not frame.seen & bit:
        return False
    inside = frame.spot.children[child]
    max_use = inside.rule.max_use if isinstance(inside, Spot) else inside.max_use
    return frame.counts.get(bit, 1) >= max_use


def _without_opener(state: State, accepts: Acceptance) -> Iterator[Reading]:
    """Look into loops that could begin here, had their first segment not been left out."""
    for up, (spot, place) in enumerate(state.levels()):
        for number, child in enumerate(spot.children):
            if isinstance(child, Spot) and spot.rule.places[number] >= place:
                yield from _inside(child, accepts, up)


def _inside(spot: Spot, accepts: Acceptance, up: int) -> Iterator[Reading]:
    for number, child in enumerate(spot.children):
        if number == 0 or not accepts(opener(child)):
            continue
        move = move_to(spot, number, opener(child), up)
        opens = (spot, *move.opens)
        yield Reading(Move(move.rule, move.state, move.bit, up, opens), Trouble.MISSING, spot, 0)


def _unqualified(state: State, accepts: Acceptance) -> Iterator[Reading]:
    """Look for the tag alone: the code that says which use it is may be the mistake."""
    for up, (spot, place) in enumerate(state.levels()):
        found = [child for child, rule in children_from(spot, place) if accepts(rule)]
        for child in found:
            rule = opener(spot.children[child])
            move = move_to(spot, child, rule, up)
            is_loop = bool(move.opens)
            if not is_loop and len(found) > 1:
                move = Move(None, move.state, 0, up)  # which of them it is cannot be told
            yield Reading(move, Trouble.QUALIFIER, spot, child)


def allowed_codes(spot: Spot, tag: str, element: int) -> frozenset[str]:
    """Collect the codes of all uses of a segment in a loop."""
    children = spot.children[1:] if spot.parent else spot.children  # the loop itself is open
    rules: list[SegmentRule] = [opener(child) for child in children]
    found = (codes_of(rule.elements[element - 1]) for rule in rules if rule.tag == tag)
    return frozenset().union(*(codes for codes in found if codes))
