"""Where in a guide a transaction stands, and where its next segment leads.

A guide is compiled once: every loop at its place in the tree is a ``Spot``; a spot and the place
reached in it are a ``State``; a state remembers for each tag (and qualifier, where the tag needs
one) the ``Move`` that the guide foresees, so that a segment costs one or two look-ups.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from revcycle.formats.x12.guides.rules import ElementRule, Guide, LoopRule, SegmentRule

# Elements that tell uses of a segment apart, where it is not the first.
QUALIFIERS = {"HL": (3,), "PWK": (1, 2)}
FIRST_ELEMENT = (1,)
WORD = re.compile("[A-Za-z0-9 ]*")


class Spot:
    """A loop at its place in the tree of loops."""

    __slots__ = ("bit", "children", "index", "parent", "path", "required", "rule", "states")

    def __init__(self, rule: LoopRule, parent: "Spot | None" = None, index: int = 0) -> None:
        self.rule = rule
        self.parent = parent
        self.index = index  # among the children of the parent
        self.bit = 1 << index
        # The loops from the outermost to this one.
        self.path: tuple[str, ...] = () if parent is None else (*parent.path, rule.id)
        self.children: list[SegmentRule | Spot] = [
            Spot(child, self, number) if isinstance(child, LoopRule) else child
            for number, child in enumerate(rule.children)
        ]
        self.required = sum(
            1 << number
            for number, child in enumerate(rule.children)
            if child.is_required and not is_end(child)
        )
        self.states: dict[int, State] = {}

    @property
    def place(self) -> int:
        """Its place in the loop above."""
        return 0 if self.parent is None else self.parent.rule.places[self.index]

    def state(self, place: int) -> "State":
        """Return the one state for a place in this loop."""
        if place not in self.states:
            self.states[place] = State(self, place)
        return self.states[place]

    def opened(self) -> "State":
        """Return the state right behind the segment that opens the loop."""
        return self.state(self.rule.places[0])

    def above(self) -> Iterator["Spot"]:
        """Walk from this loop to the whole transaction."""
        spot: Spot | None = self
        while spot is not None:
            yield spot
            spot = spot.parent


class State:
    """A spot and the place reached in it."""

    __slots__ = ("moves", "place", "spot")

    def __init__(self, spot: Spot, place: int) -> None:
        self.spot = spot
        self.place = place
        self.moves: dict[str, Any] = {}  # tag -> Move or Choice

    def levels(self) -> Iterator[tuple[Spot, int]]:
        """Give each loop that is open, from the innermost, with the place reached in it."""
        place = self.place
        for spot in self.spot.above():
            yield spot, place
            place = spot.place


class Choice(dict[str, Any]):
    """Moves of one tag by the value of an element, or further choices."""

    __slots__ = ("element",)

    def __init__(self, element: int) -> None:
        super().__init__()
        self.element = element


class Move:
    """What one segment does: the loops that it closes and opens, its rule, and what follows."""

    __slots__ = ("bit", "opens", "rule", "state", "up")

    def __init__(
        self,
        rule: SegmentRule | None,
        state: State,
        bit: int,
        up: int = 0,
        opens: tuple[Spot, ...] = (),
    ) -> None:
        self.rule = rule
        self.state = state
        self.bit = bit  # of the rule among the children of its loop; 0 if it opens the loop
        self.up = up  # how many loops end before it
        self.opens = opens  # outermost first


class Plan:
    """A guide made ready for walking."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.root = Spot(guide.root)
        self.start = self.root.state(0)
        self._codes: dict[str, tuple[frozenset[str] | None, ...]] = {}
        self.qualified: set[str] = set()  # tags whose uses differ in a code
        self._collect(guide.root)
        self.tags = frozenset(self._codes)

    def _collect(self, loop: LoopRule) -> None:
        """Find the tags, and for each the different codes that tell its uses apart."""
        for child in loop.children:
            if isinstance(child, LoopRule):
                self._collect(child)
                continue
            numbers = QUALIFIERS.get(child.tag, FIRST_ELEMENT)
            codes = tuple(codes_of(child.elements[number - 1]) for number in numbers)
            if self._codes.setdefault(child.tag, codes) != codes:
                self.qualified.add(child.tag)

    def next(self, state: State, segment: tuple[str, ...], component: str) -> Move | None:
        """Return the move that the guide foresees for a segment, or nothing."""
        move = state.moves.get(segment[0])
        while type(move) is Choice:
            move = move.get(qualifier(segment, move.element, component))
        if move is None and segment[0] in self.tags:
            move = in_order(state, self.accepts(segment))
            if move is not None:
                self._remember(state, segment, component, move)
        return move

    def accepts(self, segment: tuple[str, ...]) -> "Acceptance":
        """Return a test whether a rule is meant for this segment."""
        return Acceptance(segment, is_qualified=segment[0] in self.qualified)

    def _remember(self, state: State, segment: tuple[str, ...], component: str, move: Move) -> None:
        tag = segment[0]
        if tag not in self.qualified:
            state.moves[tag] = move
            return
        numbers = QUALIFIERS.get(tag, FIRST_ELEMENT)
        values = [qualifier(segment, number, component) for number in numbers]
        if values != [first_word(segment, number) for number in numbers]:
            return  # other separators: a rare thing, and the memory stays small
        table, key = state.moves, tag
        for number, value in zip(numbers, values, strict=True):
            table = table.setdefault(key, Choice(number))
            key = value
        table[key] = move


class Acceptance:
    """Whether a rule is meant for a segment: by its tag, and by what tells its uses apart."""

    __slots__ = ("tag", "values")

    def __init__(self, segment: tuple[str, ...], *, is_qualified: bool) -> None:
        self.tag = segment[0]
        numbers = QUALIFIERS.get(self.tag, FIRST_ELEMENT) if is_qualified else ()
        self.values = [(number, first_word(segment, number)) for number in numbers]

    def __call__(self, rule: SegmentRule) -> bool:
        """Judge a rule."""
        return rule.tag == self.tag and all(
            (codes := codes_of(rule.elements[number - 1])) is None or value in codes
            for number, value in self.values
        )


def qualifier(segment: tuple[str, ...], element: int, component: str) -> str:
    """Return the element, or its first component where it is a composite."""
    if element >= len(segment):
        return ""
    value = segment[element]
    return value.partition(component)[0] if component in value else value


def first_word(segment: tuple[str, ...], element: int) -> str:
    """Return the code with which an element begins, whatever separators follow it."""
    found = WORD.match(segment[element]) if element < len(segment) else None
    return found[0] if found else ""


def codes_of(element: ElementRule) -> frozenset[str] | None:
    """Return the codes of an element, or of the first component of a composite."""
    return element.components[0].codes if element.components else element.codes


def in_order(state: State, accepts: Acceptance) -> Move | None:
    """Look for the segment from here on: in this loop, then in those around it."""
    for up, (spot, place) in enumerate(state.levels()):
        for child, rule in children_from(spot, place):
            if accepts(rule):
                return move_to(spot, child, rule, up)
    return None


def children_from(spot: Spot, place: int) -> Iterator[tuple[int, SegmentRule]]:
    """Give the children of a loop from a place on, a loop by the segment that opens it."""
    places = spot.rule.places
    first = 0 if spot.parent is None else 1  # a loop does not open itself a second time
    for number in range(first, len(places)):
        if places[number] >= place:
            yield number, opener(spot.children[number])


def is_end(child: SegmentRule | LoopRule) -> bool:
    """Tell whether it is the SE, whose absence is the envelope's business."""
    return isinstance(child, SegmentRule) and child.tag == "SE"


def opener(child: SegmentRule | Spot) -> SegmentRule:
    """Return the segment itself, or the one that opens the loop."""
    return child.rule.opener if isinstance(child, Spot) else child


def move_to(spot: Spot, child: int, rule: SegmentRule, up: int) -> Move:
    """Make the move to a child of a loop."""
    inside = spot.children[child]
    if isinstance(inside, Spot):
        return Move(rule, inside.opened(), 0, up, (inside,))
    return Move(rule, spot.state(spot.rule.places[child]), 1 << child, up)


@lru_cache(maxsize=64)
def plan_of(guide: Guide) -> Plan:
    """Compile a guide, once."""
    return Plan(guide)
