"""BHT, and the levels of a transaction put together and taken apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from models.documents.claim_codes import KeptSegment
from models.documents.inquiry import InquiryHeader, LevelKind
from revcycle.formats.x12.elements import write_date
from revcycle.formats.x12.inquiries.codecs import Codec
from revcycle.formats.x12.inquiries.loops import LoopReader, only, with_kept
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


L = TypeVar("L", bound=Nested)
Starts = dict[int, Segment]  # the HL of each level, by its ``id``


def header_codec(structure: str) -> Codec[InquiryHeader]:
    """Read and write BHT; ``structure`` is BHT01."""

    def read(one: Segment, place: Place) -> InquiryHeader:
        purpose, reference, time, kind = one.get(2), one.get(3), one.get(5), one.get(6)
        return InquiryHeader(reference, purpose, kind, place.date(one, 4), time)

    def write(header: InquiryHeader) -> Segment:
        day = write_date(header.created_on) if header.created_on else ""
        when = (day, header.created_time)
        return segment("BHT", structure, header.purpose, header.reference, *when, header.kind)

    return Codec(read, write)


def read_header(
    segments: Sequence[Segment], structure: str, place: Place
) -> tuple[InquiryHeader, tuple[KeptSegment, ...]]:
    """Read what stands before the first level."""
    reader = LoopReader(place, "HEADER")
    behind_start = [one for one in segments if one[0] != "ST"]
    found = reader.gather(behind_start, {"BHT": header_codec(structure)}, {"BHT"})
    return only(found, "BHT") or InquiryHeader("", ""), tuple(reader.kept)


def write_header(
    header: InquiryHeader, structure: str, kept: Sequence[KeptSegment]
) -> list[Segment]:
    """Write what stands before the first level."""
    return with_kept([header_codec(structure).write(header)], kept, ("BHT",))


def nest(
    levels: Sequence[Level], own: Sequence[L], with_children: Callable[[L, tuple[L, ...]], L]
) -> tuple[tuple[L, ...], Starts]:
    """Put every level into the one above it, from the last to the first: no depth is too deep.

    Args:
        levels: The levels of the file.
        own: What was read of each.
        with_children: Gives a level its children.

    Returns:
        The levels that hang below no other, and the HL of every level by its ``id``.
    """
    built: dict[int, L] = {}
    starts: Starts = {}
    for level, alone in zip(reversed(levels), reversed(own), strict=True):
        children = tuple(built.pop(id(child)) for child in level.children)
        whole = with_children(alone, children) if children else alone
        built[id(level)] = whole
        starts[id(whole)] = level.start
    return tuple(built[id(level)] for level in levels if id(level) in built), starts


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
    waiting: list[tuple[L, str]] = [(level, "") for level in reversed(levels)]
    while waiting:
        level, parent = waiting.pop()
        number += 1
        flag = "1" if level.children else "0"
        shown = "" if level.kind in without_flag else flag
        yield segment("HL", str(number), parent, level.kind, shown)
        yield from body(level)
        children: Sequence[L] = level.children  # type: ignore[assignment] # levels hold their like
        waiting.extend((child, str(number)) for child in reversed(children))
