"""Walk along a guide: which rule each segment of a transaction follows, in which loop."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from revcycle.formats.x12.guides.places import (
    QUALIFIERS,
    Choice,
    Move,
    Plan,
    Spot,
    State,
    opener,
    plan_of,
)
from revcycle.formats.x12.guides.recovery import (
    Frame,
    Reading,
    Recovery,
    Trouble,
    allowed_codes,
)
from revcycle.formats.x12.guides.rules import Guide, LoopRule, SegmentRule


class Problem(NamedTuple):
    """Something that the guide forbids for a segment as a whole.

    Attributes:
        trouble: What is wrong.
        position: The segment concerned, counted from ST as 1; for a missing one, the segment
            before which it should stand.
        tag: The segment id, for a missing one that of the missing segment.
        loop: The id of the loop concerned; empty for the transaction itself.
        rule: The segment or loop concerned, where there is one.
        element: The element with a wrong qualifier, or 0.
        allowed: The qualifiers that were possible.
    """

    trouble: Trouble
    position: int
    tag: str
    loop: str
    rule: SegmentRule | LoopRule | None = None
    element: int = 0
    allowed: frozenset[str] = frozenset()


class Step(NamedTuple):
    """One segment on the way.

    Attributes:
        segment: The segment itself.
        rule: The rule that it follows, or ``None`` where the guide has none for it.
        loop: The id of its loop, such as ``2010BA``; empty directly under the transaction.
        path: The loops around it, outermost first, its own the last.
        opened: The loops that begin with it, outermost first; usually one or none.
        closed: How many loops end before it.
        problems: What is wrong with it or with what should stand before it.
    """

    segment: tuple[str, ...]
    rule: SegmentRule | None
    loop: str
    path: tuple[str, ...]
    opened: tuple[str, ...]
    closed: int
    problems: tuple[Problem, ...]


def walk(guide: Guide, segments: Sequence[tuple[str, ...]], component: str = ":") -> Iterator[Step]:
    """Go through the segments of a transaction, ST and SE included.

    What is missing at the end is on the step of the last segment.

    Args:
        guide: The guide of the transaction.
        segments: Its segments.
        component: The component separator of the interchange.
    """
    walker = Walker(plan_of(guide), segments, component)
    pending: Step | None = None
    for segment, move in zip(segments, walker.moves(), strict=True):
        if pending is not None:
            yield pending
        spot = move.state.spot
        opened = tuple(one.rule.id for one in move.opens)
        problems = tuple(walker.take_problems())
        pending = Step(segment, move.rule, spot.rule.id, spot.path, opened, move.up, problems)
    if pending is not None:
        yield pending._replace(problems=(*pending.problems, *walker.take_problems()))


class Walker:
    """The walk itself, without a record for each segment: the caller pairs moves and segments.

    ``problems`` grows while the moves are taken; it is complete when they are exhausted.
    """

    def __init__(
        self,
        plan: Plan,
        segments: Sequence[tuple[str, ...]],
        component: str = ":",
        start: State | None = None,
    ) -> None:
        self.problems: list[Problem] = []
        self._plan = plan
        self._segments = segments
        self._component = component
        self._start = start or plan.start
        self._frames = [Frame(spot, 0) for spot in reversed(list(self._start.spot.above()))]
        self._frames[0].seen = 0  # ST comes as any other segment
        self._recovery = Recovery(plan, segments, component)

    def take_problems(self) -> list[Problem]:
        """Return the problems since the last call."""
        taken, self.problems = self.problems, []
        return taken

    def moves(self) -> Iterator[Move]:
        """Give the move of each segment."""
        state, component = self._start, self._component
        frame = self._frames[-1]
        for index, segment in enumerate(self._segments):
            move = state.moves.get(segment[0])
            while type(move) is Choice:
                element = move.element
                value = segment[element] if element < len(segment) else ""
                move = move.get(value.partition(component)[0] if component in value else value)
            if move is None:
                move = self._plan.next(state, segment, component) or self._recover(state, index)
            if move.up or move.opens:
                frame = self._change_loops(move, index)
            bit = move.bit
            if frame.seen & bit:
                self._count_again(frame, bit, move.rule, index)
            frame.seen |= bit
            state = move.state
            yield move
        self._close(len(self._frames), len(self._segments))

    def _change_loops(self, move: Move, index: int) -> Frame:
        if move.up:
            self._close(move.up, index)
        frame = self._frames[-1]
        for spot in move.opens:
            if frame.seen & spot.bit:
                self._count_again(frame, spot.bit, spot.rule, index)
            frame.seen |= spot.bit
            frame = Frame(spot, index)
            self._frames.append(frame)
        return frame

    def _count_again(
        self, frame: Frame, bit: int, rule: SegmentRule | LoopRule | None, index: int
    ) -> None:
        """Count what came before; the first that is too many is reported, not each one."""
        count = frame.counts.get(bit, 1) + 1
        frame.counts[bit] = count
        if rule is None or count != rule.max_use + 1:
            return
        if isinstance(rule, LoopRule):
            tag = rule.opener.tag
            self.problems.append(Problem(Trouble.LOOP_REPEATED, index + 1, tag, rule.id, rule))
        else:
            loop = frame.spot.rule.id
            self.problems.append(Problem(Trouble.REPEATED, index + 1, rule.tag, loop, rule))

    def _close(self, count: int, index: int) -> None:
        for _ in range(count):
            frame = self._frames.pop()
            missing = frame.spot.required & ~frame.seen
            if missing:
                self._report_missing(frame, missing, index)

    def _report_missing(self, frame: Frame, missing: int, end: int) -> None:
        spot = frame.spot
        for number, child in enumerate(spot.children):
            if not missing >> number & 1:
                continue
            rule = opener(child)
            if rule.tag in frame.excused:
                continue
            is_loop = isinstance(child, Spot)
            concerned = child.rule if isinstance(child, Spot) else child
            loop = concerned.id if isinstance(concerned, LoopRule) else spot.rule.id
            index = self._should_stand(frame, spot.rule.places[number], end)
            problem = Problem(
                Trouble.MISSING, index + 1, rule.tag, loop, concerned if is_loop else rule
            )
            self.problems.append(problem)

    def _should_stand(self, frame: Frame, place: int, end: int) -> int:
        """Find the segment before which something of this place should stand."""
        state = frame.spot.opened() if frame.spot.parent else self._plan.start
        first = frame.start + (1 if frame.spot.parent else 0)
        for index in range(first, end):
            move = self._plan.next(state, self._segments[index], self._component)
            if move is None:
                continue
            state = move.state
            reached = next((at for spot, at in state.levels() if spot is frame.spot), None)
            if reached is None or reached > place:
                return index
        return end

    def _recover(self, state: State, index: int) -> Move:
        """Choose what to make of an unforeseen segment, and report it."""
        reading = self._recovery.choose(state, index, self._frames)
        tag = self._segments[index][0]
        if reading.trouble is Trouble.MISSING:
            self._report_opener(reading, index)
        elif reading.trouble is Trouble.QUALIFIER:
            self._report_qualifier(reading, index)
        elif reading.trouble is Trouble.ORDER:
            self._report_late(reading, index)
        else:
            loop = reading.spot.rule.id
            self.problems.append(Problem(reading.trouble, index + 1, tag, loop))
        return reading.move

    def _report_opener(self, reading: Reading, index: int) -> None:
        rule = reading.spot.rule
        self.problems.append(Problem(Trouble.MISSING, index + 1, rule.opener.tag, rule.id, rule))

    def _report_qualifier(self, reading: Reading, index: int) -> None:
        tag = self._segments[index][0]
        element = QUALIFIERS.get(tag, (1,))[0]
        allowed = allowed_codes(reading.spot, tag, element)
        loop = reading.move.state.spot.rule.id
        problem = Problem(
            Trouble.QUALIFIER, index + 1, tag, loop, reading.move.rule, element, allowed
        )
        self.problems.append(problem)
        if reading.move.rule is None:
            frame = self._frames[-1 - reading.move.up]
            frame.excused.add(tag)

    def _report_late(self, reading: Reading, index: int) -> None:
        rule = reading.move.rule
        loop = reading.spot.rule.id
        tag = self._segments[index][0]
        if reading.move.opens:
            loop = reading.move.state.spot.rule.id
            self.problems.append(Problem(Trouble.ORDER, index + 1, tag, loop, rule))
            return
        frame = next(one for one in reversed(self._frames) if one.spot is reading.spot)
        bit = 1 << reading.child
        trouble = Trouble.REPEATED if reading.is_spent else Trouble.ORDER
        frame.counts[bit] = frame.counts.get(bit, 1) + 1 if frame.seen & bit else 1
        frame.seen |= bit
        self.problems.append(Problem(trouble, index + 1, tag, loop, rule))
