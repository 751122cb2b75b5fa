"""Hierarchical levels (HL): payer, receiver, provider, subscriber, dependent."""

from dataclasses import dataclass, field

from models.documents.finding import Severity
from revcycle.formats.x12.loops import split_at
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment


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
