"""The loops around each segment of a transaction, in words, where its guide is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from revcycle.formats.x12.guides.library import guide_for
from revcycle.formats.x12.guides.rules import Guide, LoopRule
from revcycle.formats.x12.guides.walk import walk
from revcycle.formats.x12.interchange import Transaction
from revcycle.formats.x12.names.catalogue import loop_words
from revcycle.formats.x12.segments import Delimiters, Segment


@dataclass(slots=True)
class OpenLoop:
    """One instance of a loop that is open; it is told when the first segment in it is."""

    id: str
    words: str
    is_told: bool = False


NOT_IN_A_LOOP: Final[tuple[OpenLoop, ...]] = ()


def with_loops(
    transaction: Transaction, delimiters: Delimiters
) -> Iterator[tuple[Segment, Sequence[OpenLoop]]]:
    """Yield each segment with the loops around it, outermost first.

    Where we have no guide the segments come without loops.
    """
    guide = guide_for(transaction.kind, transaction.version)
    if guide is None:
        yield from ((segment, NOT_IN_A_LOOP) for segment in transaction.segments)
        return
    titles = dict(_titles(guide.root))
    open_loops: list[OpenLoop] = []
    steps = walk(guide, transaction.segments, delimiters.component)
    for segment, step in zip(transaction.segments, steps, strict=True):
        del open_loops[len(step.path) - len(step.opened) :]
        open_loops.extend(OpenLoop(one, _words(guide, one, titles)) for one in step.opened)
        yield segment, open_loops


def _words(guide: Guide, loop: str, titles: dict[str, str]) -> str:
    return loop_words(guide.name, loop) or titles.get(loop, "")


def _titles(loop: LoopRule) -> Iterator[tuple[str, str]]:
    yield loop.id, loop.title
    for child in loop.children:
        if isinstance(child, LoopRule):
            yield from _titles(child)
