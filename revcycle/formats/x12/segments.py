"""Segments and delimiters: the smallest things of X12."""

from dataclasses import dataclass

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


class Segment(tuple[str, ...]):
    """One segment: its tag at 0 and element n at n, as the guides count.

    A bare tuple, because a file holds hundreds of thousands; where it stands is asked of its
    transaction (``Transaction.position_of``). Loops that read whole files index it, everybody
    else calls ``get``.
    """

    __slots__ = ()

    @property
    def tag(self) -> str:
        """The segment id, such as ``CLM``."""
        return self[0]

    @property
    def elements(self) -> tuple[str, ...]:
        """Everything behind the tag; ``elements[0]`` is element 01."""
        return self[1:]

    def get(self, number: int) -> str:
        """Return element ``number`` as the guides count them (from 1), or an empty string."""
        return self[number] if 0 < number < len(self) else ""

    def __repr__(self) -> str:
        """Name the tag only: what stands in a segment may be a patient's."""
        return f"<Segment {self[0]}, {len(self) - 1} elements>"


ABSENT = Segment(("",))  # stands for a segment that is not there; every element is empty


def segment(tag: str, *elements: str) -> Segment:
    """Make a segment to write."""
    return Segment((tag, *elements))


def composite(*components: str, delimiters: Delimiters = Delimiters()) -> str:
    """Join components into one element, without trailing empty ones."""
    separator = delimiters.component
    return separator.join(components).rstrip(separator)


def split_components(value: str, delimiters: Delimiters) -> tuple[str, ...]:
    """Split a composite element."""
    return tuple(value.split(delimiters.component))
