"""The outline of a transaction: its loops, by the segments that open them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

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
        parent: The loop around it.
        loops: The loops in it, in order.
    """

    __slots__ = ("_places", "id", "loops", "parent", "segments", "start")

    def __init__(self, loop_id: str, start: int, parent: "Loop | None") -> None:
        self.id = loop_id
        self.start = start
        self.parent = parent
        self.segments: Sequence[Segment] = ()
        self.loops: list[Loop] = []
        self._places: dict[str, int] | None = None

    def __repr__(self) -> str:
        """Name the loop only: what stands in it may be a patient's."""
        return f"<Loop {self.id}>"

    def index(self, name: str) -> int:
        """Tell where the first segment called ``REF*F8`` or ``DMG`` stands, or ``NOWHERE``."""
        places = self._places
        if places is None:
            places = self._places = {}
            for at, one in enumerate(self.segments, start=self.start):
                tag = one[0]
                places.setdefault(tag, at)
                if len(one) > 1:
                    places.setdefault(f"{tag}*{one[1]}", at)
        return places.get(name, NOWHERE)

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
        self.root = Loop("", 0, None)
        self.loops = [self.root]
        self._read(segments, openers_of(kind, version))

    def loop_at(self, index: int) -> Loop:
        """Return the loop in which a segment stands."""
        place = bisect_right(self.loops, index, key=attrgetter("start"))
        return self.loops[max(place - 1, 0)]

    def _read(self, segments: Sequence[Segment], openers: Openers) -> None:
        tags, tables, loops = openers.tags, openers.tables, self.loops
        current = self.root
        for index, one in [(at, one) for at, one in enumerate(segments) if one[0] in tags]:
            tag = key = one[0]
            number = QUALIFIED_BY.get(tag)
            if number is not None:
                key = f"{tag}*{one[number]}" if number < len(one) else tag
            parent, loop_id = _opened(current, key, tag, tables)
            if parent is None:
                continue
            current.segments = segments[current.start : index]
            current = Loop(loop_id, index, parent)
            parent.loops.append(current)
            loops.append(current)
        current.segments = segments[current.start :]


_NONE: Mapping[str, str] = MappingProxyType({})


def _opened(
    current: Loop, key: str, tag: str, tables: Mapping[str, Mapping[str, str]]
) -> tuple[Loop | None, str]:
    """Find the nearest loop from here upwards in which such a segment opens a loop."""
    loop: Loop | None = current
    while loop is not None:
        table = tables.get(loop.id, _NONE)
        found = table.get(key)
        if found is None and tag is not key:
            found = table.get(tag)
        if found is not None:
            return loop, found
        loop = loop.parent
    return None, ""
