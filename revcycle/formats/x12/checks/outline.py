"""The outline of a transaction: its loops, by the segments that open them."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from revcycle.formats.x12.checks.openers import Openers, openers_of
from revcycle.formats.x12.segments import ABSENT, Segment

NOWHERE = -1  # the index of a segment that is not there
QUALIFIED_BY = {"NM1": 1, "N1": 1, "HL": 3}  # the element that tells which loop it opens


class Loop:
    """A loop with its own segments and the loops in it.

    Attributes:
        id: As the guide names it; ``2310`` where the guide knows no party of this kind.
        start: The index of its first segment in the transaction, counted from 0.
        segments: Its own segments, without those of the loops in it.
        loops: The loops in it, in order.
    """

    __slots__ = ("id", "loops", "segments", "start")

    def __init__(self, loop_id: str, start: int) -> None:
        self.id = loop_id
        self.start = start
        self.segments: Sequence[Segment] = ()
        self.loops: list[Loop] = []

    def __repr__(self) -> str:
        """Name the loop only: what stands in it may be a patient's."""
        return f"<Loop {self.id}>"

    def index(self, name: str) -> int:
        """Tell where the first segment called ``REF*F8`` or ``DMG`` stands, or ``NOWHERE``."""
        tag, star, qualifier = name.partition("*")
        at = self.start
        for one in self.segments:
            if one[0] == tag and (not star or one.get(1) == qualifier):
                return at
            at += 1
        return NOWHERE

    def find(self, name: str) -> Segment:
        """Return the first segment called so, or ``ABSENT``."""
        at = self.index(name)
        return ABSENT if at < 0 else self.segments[at - self.start]

    def has(self, name: str) -> bool:
        """Tell whether there is such a segment."""
        return self.index(name) >= 0

    def each(self, tag: str) -> list[tuple[int, Segment]]:
        """List all its segments with a tag, and where they stand."""
        return [
            (at, one) for at, one in enumerate(self.segments, start=self.start) if one[0] == tag
        ]


class Outline:
    """All loops of a transaction.

    Attributes:
        root: The transaction itself.
        loops: Every loop in the order of the file, the transaction first.
    """

    def __init__(self, segments: Sequence[Segment], kind: str, version: str) -> None:
        self.root = Loop("", 0)
        self.loops = [self.root]
        self._read(segments, openers_of(kind, version))

    def loop_at(self, index: int) -> Loop:
        """Return the loop in which a segment stands."""
        place = bisect_right(self.loops, index, key=attrgetter("start"))
        return self.loops[max(place - 1, 0)]

    def _read(self, segments: Sequence[Segment], openers: Openers) -> None:
        tags, loops = openers.tags, self.loops
        around = [self.root]  # the loops that are open, the transaction first
        routes = _Routes(openers)
        moves = routes.moves[0]
        for index, one in [(at, one) for at, one in enumerate(segments) if one[0] in tags]:
            tag = key = one[0]
            number = QUALIFIED_BY.get(tag)
            if number is not None and number < len(one):
                key = f"{tag}*{one[number]}"
            move = moves.get(key) or routes.learn(moves, around, key, tag)
            if move is STAY:
                continue
            depth, loop_id, state = move
            moves = routes.moves[state]
            current = around[-1]
            current.segments = segments[current.start : index]
            current = Loop(loop_id, index)
            del around[depth:]
            around[-1].loops.append(current)
            around.append(current)
            loops.append(current)
        around[-1].segments = segments[around[-1].start :]


_Move = tuple[int, str, int]  # how many loops stay open, the new one, the state then
STAY: _Move = (0, "", 0)


class _Routes:
    """Where each segment leads, by the loops that are open; learned while a file goes by."""

    def __init__(self, openers: Openers) -> None:
        self._tables = openers.tables
        self._states: dict[tuple[str, ...], int] = {("",): 0}
        self.moves: list[dict[str, _Move]] = [{}]

    def learn(self, moves: dict[str, _Move], around: Sequence[Loop], key: str, tag: str) -> _Move:
        """Find the innermost loop in which such a segment opens one, and remember it."""
        ids = tuple(one.id for one in around)
        move = STAY
        for depth in range(len(ids), 0, -1):
            table = self._tables.get(ids[depth - 1], {})
            found = table.get(key, table.get(tag))
            if found is not None:
                move = (depth, found, self._state((*ids[:depth], found)))
                break
        moves[key] = move
        return move

    def _state(self, ids: tuple[str, ...]) -> int:
        state = self._states.setdefault(ids, len(self.moves))
        if state == len(self.moves):
            self.moves.append({})
        return state
