"""Loops: cut a transaction into blocks, and take from a block what is understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from revcycle.formats.x12.segments import ABSENT, Segment


def split_at(segments: Sequence[Segment], *tags: str) -> tuple[list[Segment], list[list[Segment]]]:
    """Cut before each segment with one of ``tags``.

    Returns:
        What comes before the first of them, and the blocks, each starting with its segment.
    """
    head: list[Segment] = []
    blocks: list[list[Segment]] = []
    block = head
    for segment in segments:
        if segment.tag in tags:
            block = []
            blocks.append(block)
        block.append(segment)
    return head, blocks


@dataclass(slots=True)
class Loop:
    """Segments from which a reader takes what it understands; the rest is reported."""

    segments: list[Segment]

    def take(self, tag: str, *qualifiers: str) -> Segment:
        """Remove and return the first such segment, or ``ABSENT``.

        Args:
            tag: The segment id.
            qualifiers: Values of element 01, any of them; none means that it does not matter.
        """
        for index, segment in enumerate(self.segments):
            if segment.tag == tag and (not qualifiers or segment.get(1) in qualifiers):
                return self.segments.pop(index)
        return ABSENT

    def take_all(self, tag: str, *qualifiers: str) -> list[Segment]:
        """Remove and return all such segments in their order."""
        taken: list[Segment] = []
        while (segment := self.take(tag, *qualifiers)).tag:
            taken.append(segment)
        return taken

    @property
    def qualifier(self) -> str:
        """Element 01 of the first segment: which of the NM1 loops this is."""
        return self.segments[0].get(1) if self.segments else ""
