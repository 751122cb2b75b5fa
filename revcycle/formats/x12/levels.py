"""Hierarchical levels (HL): payer, receiver, provider, subscriber, dependent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.documents.finding import Severity
from revcycle.formats.x12.loops import split_at
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import ABSENT, Segment, segment

PAYER = "20"
RECEIVER = "21"
PROVIDER = "19"
SUBSCRIBER = "22"
DEPENDENT = "23"


@dataclass(slots=True, repr=False)
class Level:
    """One HL with everything up to the next, and its place in the tree."""

    segments: list[Segment]
    parent: "Level | None" = None
    children: list["Level"] = field(default_factory=list)

    @property
    def code(self) -> str:
        """HL03."""
        return self.segments[0].get(3)

    @property
    def start(self) -> Segment:
        """The HL itself."""
        return self.segments[0]

    def path(self) -> Iterator["Level"]:
        """Walk from this level to the top."""
        level: Level | None = self
        while level is not None:
            yield level
            level = level.parent

    def first(self, tag: str, *qualifiers: str) -> Segment:
        """Return the first such segment of this level, or ``ABSENT``."""
        return next(self.all(tag, *qualifiers), ABSENT)

    def all(self, tag: str, *qualifiers: str) -> Iterator[Segment]:
        """Return every segment with this tag and one of these values in element 01."""
        for one in self.segments:
            if one.tag == tag and (not qualifiers or one.get(1) in qualifiers):
                yield one

    def above(self, code: str) -> "Level":
        """Return the nearest level of a kind from here upwards, or an empty one."""
        return next((level for level in self.path() if level.code == code), Level([ABSENT]))


def read_levels(place: Place) -> tuple[list[Segment], list[Level]]:
    """Cut a transaction at its HL segments.

    A level that names a parent which does not stand before it is reported, and then stands
    alone, so that nobody inherits what was said about somebody else.

    Returns:
        The header, and the levels in the order of the file.
    """
    segments = place.transaction.segments
    header, blocks = split_at([one for one in segments if one.tag != "SE"], "HL")
    by_number: dict[str, Level] = {}
    levels = []
    for block in blocks:
        level = Level(block)
        parent_number = level.start.get(2)
        level.parent = by_number.get(parent_number)
        if level.parent is not None:
            level.parent.children.append(level)
        elif parent_number:
            rule_id = f"x12.{place.transaction.kind}_level_without_parent"
            message = "the level it belongs to does not stand before it"
            place.report(level.start, rule_id, Severity.ERROR, "HL02", message)
        by_number[level.start.get(1)] = level
        levels.append(level)
    return header, levels


def report_unknown(place: Place, levels: Iterable[Level], known: frozenset[str]) -> None:
    """Report the segments whose tag has no place in these levels."""
    for level in levels:
        for one in level.segments[1:]:
            if one.tag not in known:
                place.report_unknown(one)


@dataclass(slots=True)
class LevelWriter:
    """Collects the segments of a transaction and numbers its levels from 1."""

    segments: list[Segment]
    count: int = 0

    def open(self, code: str, *, parent: int | None = None, has_children: bool) -> int:
        """Start a level and return its number, for the levels below it."""
        self.count += 1
        parent_number = "" if parent is None else str(parent)
        child = "1" if has_children else "0"
        self.segments.append(segment("HL", str(self.count), parent_number, code, child))
        return self.count
