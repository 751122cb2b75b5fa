"""Segments and delimiters: the smallest things of X12."""

from dataclasses import dataclass
from typing import NamedTuple

from models.errors import RejectedError

ISA_LENGTH = 106
ELEMENT_SEPARATOR_AT = 3
REPETITION_SEPARATOR_AT = 82
COMPONENT_SEPARATOR_AT = 104
TERMINATOR_AT = 105


class NotX12Error(RejectedError):
    """There is no ISA to be found, so nothing can be read."""


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The four characters that hold an interchange together (X12.5, ISA)."""

    element: str = "*"
    repetition: str = "^"
    component: str = ":"
    terminator: str = "~"

    @classmethod
    def of_isa(cls, text: str) -> "Delimiters":
        """Take them from the fixed positions of an ISA, whatever its content says."""
        return cls(
            element=text[ELEMENT_SEPARATOR_AT],
            repetition=text[REPETITION_SEPARATOR_AT],
            component=text[COMPONENT_SEPARATOR_AT],
            terminator=text[TERMINATOR_AT],
        )

    def all(self) -> str:
        """All four, for checks on data."""
        return self.element + self.repetition + self.component + self.terminator


class Segment(NamedTuple):
    """One segment with its place: a tuple, because a file holds hundreds of thousands.

    Attributes:
        tag: The segment id, such as ``CLM``.
        elements: Everything after the tag; ``elements[0]`` is element 01.
        position: Its number in the transaction, counted from ST as 1; 0 for envelope segments.
    """

    tag: str
    elements: tuple[str, ...]
    position: int = 0

    def get(self, number: int) -> str:
        """Return element ``number`` as the guides count them (from 1), or an empty string."""
        elements = self.elements
        return elements[number - 1] if 0 < number <= len(elements) else ""


ABSENT = Segment("", ())  # stands for a segment that is not there; every element is empty


def segment(tag: str, *elements: str) -> Segment:
    """Make a segment to write."""
    return Segment(tag, elements)


def composite(*components: str, delimiters: Delimiters = Delimiters()) -> str:
    """Join components into one element, without trailing empty ones."""
    separator = delimiters.component
    return separator.join(components).rstrip(separator)


def split_components(value: str, delimiters: Delimiters) -> tuple[str, ...]:
    """Split a composite element."""
    return tuple(value.split(delimiters.component))
