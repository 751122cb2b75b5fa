"""The levels of a transaction: read into a tree, walked, written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from models.documents.claim_codes import KeptSegment
from models.documents.inquiry import LevelKind
from revcycle.formats.x12.inquiries.codecs import in_our_delimiters, says_the_same
from revcycle.formats.x12.inquiries.loops import LoopReader, is_writable
from revcycle.formats.x12.inquiries.strictness import Verbatim
from revcycle.formats.x12.levels import Level
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment, segment

KNOWN_KINDS = frozenset(LevelKind)


class Nested(Protocol):
    """A level that holds levels."""

    @property
    def kind(self) -> str:
        """HL03."""

    @property
    def children(self) -> tuple["Nested", ...]:
        """The levels below."""

    @property
    def kept(self) -> tuple[KeptSegment, ...]:
        """What no field holds."""


L = TypeVar("L", bound=Nested)
Starts = dict[int, Segment]  # the HL of each level, by its ``id``


def nest(
    levels: Sequence[Level],
    read: Callable[[Level, Sequence[KeptSegment]], L],
    with_children: Callable[[L, tuple[L, ...]], L],
    headings: Mapping[int, KeptSegment],
) -> tuple[tuple[L, ...], Starts]:
    """Read every level and put it into the one above it: no depth is too deep.

    Args:
        levels: The levels of the file.
        read: Reads one level by itself; what is kept of its HL comes with it.
        with_children: Gives a level its children.
        headings: What is kept of the HL of levels, by the ``id`` of these.

    Returns:
        The levels that hang below no other, and the HL of every level by its ``id``.
    """
    own = [read(level, [headings[id(level)]] if id(level) in headings else []) for level in levels]
    built: dict[int, L] = {}
    starts: Starts = {}
    for level, alone in zip(reversed(levels), reversed(own), strict=True):
        children = tuple(built.pop(id(child)) for child in level.children)
        whole = with_children(alone, children) if children else alone
        built[id(level)] = whole
        starts[id(whole)] = level.start
    return tuple(built[id(level)] for level in levels if id(level) in built), starts


def odd_headings(
    levels: Sequence[Level], place: Place, without_flag: frozenset[str]
) -> dict[int, KeptSegment]:
    """Keep every HL that is not what we would write: numbers with gaps, a wrong HL04.

    Args:
        levels: The levels of the file.
        place: Where they stand.
        without_flag: The kinds whose HL does not tell whether there are levels below (HL04).

    Returns:
        What is kept, by the ``id`` of its level.
    """
    odd: dict[int, KeptSegment] = {}
    number = 0
    waiting = [(level, "") for level in reversed(levels) if level.parent is None]
    while waiting:
        level, parent = waiting.pop()
        number += 1
        expected = _heading(number, parent, level.code, level.children, without_flag)
        if not _is_exactly(expected, in_our_delimiters(level.start, place.delimiters)):
            reader = LoopReader(place, "2000")
            reader.keep_in_place_of(expected, level.start)
            odd[id(level)] = reader.kept[0]
        waiting.extend((child, str(number)) for child in reversed(level.children))
    return odd


def _is_exactly(expected: Segment, found: tuple[str, ...]) -> bool:
    is_same = expected[1:3] == found[1:3] and says_the_same(expected, found)
    return is_same and is_writable(expected)


def _heading(
    number: int,
    parent: str,
    kind: str,
    children: Sequence[object],
    without_flag: frozenset[str],
) -> Segment:
    flag = "" if kind in without_flag else "1" if children else "0"
    return segment("HL", str(number), parent, kind, flag)


def walk_levels(levels: Sequence[L]) -> Iterator[tuple[L, Mapping[str, L]]]:
    """Walk all levels in the order of the file.

    Returns:
        Each level with the nearest of every kind from itself upwards.
    """
    waiting: list[tuple[L, dict[str, L]]] = [(level, {}) for level in reversed(levels)]
    while waiting:
        level, above = waiting.pop()
        here = {**above, level.kind: level} if level.kind in KNOWN_KINDS else above
        yield level, here
        children: Sequence[L] = level.children  # type: ignore[assignment] # levels hold their like
        waiting.extend((child, here) for child in reversed(children))


def write_levels(
    levels: Sequence[L], body: Callable[[L], list[Segment]], without_flag: frozenset[str]
) -> Iterator[Segment]:
    """Write levels in the order of their tree, numbered from 1.

    Args:
        levels: Those that hang below no other.
        body: What a level says behind its HL.
        without_flag: The kinds whose HL does not tell whether there are levels below (HL04).
    """
    number = 0
    waiting: list[tuple[L, str, str]] = [(level, "", "") for level in reversed(levels)]
    while waiting:
        level, parent, written_parent = waiting.pop()
        number += 1
        expected = _heading(number, parent, level.kind, level.children, without_flag)
        kept = (one for one in level.kept if one.stands_for == expected)
        written: Segment | None = next((Verbatim(one.elements) for one in kept), None)
        if written is None:
            written = _heading(number, written_parent, level.kind, level.children, without_flag)
        yield written
        yield from body(level)
        children: Sequence[L] = level.children  # type: ignore[assignment] # levels hold their like
        below = (str(number), written.get(1))
        waiting.extend((child, *below) for child in reversed(children))
