"""A claim on paper: which text stands in which box of which page."""

from dataclasses import dataclass
from enum import StrEnum


class PaperMode(StrEnum):
    """What is drawn."""

    DATA = "data"  # the data alone, for pre-printed stock
    OUTLINE = "outline"  # with boxes and our own words, for the screen


class Align(StrEnum):
    """Where in its box a text stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class PaperShift:
    """How far a printer's output is moved, in tenths of an inch; negative is left and up."""

    left: int = 0
    top: int = 0


NO_SHIFT = PaperShift()


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form on a grid of ten characters and six lines an inch.

    Attributes:
        name: By which the claim is written into it.
        number: As the form counts it: ``24F``, ``47``.
        words: What it holds, in our own short words.
        row: From 1; of a box of a service line, that of the first line.
        column: From 1.
        width: In characters.
        align: Amounts stand at the right.
        lines: How often it is repeated below itself; 1 if it is not.
        step: Rows from one service line to the next.
    """

    name: str
    number: str
    words: str
    row: int
    column: int
    width: int
    align: Align = Align.LEFT
    lines: int = 1
    step: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class BoxText:
    """A text for a box. ``line`` counts from 0 where the box is repeated."""

    name: str
    text: str
    line: int = 0
