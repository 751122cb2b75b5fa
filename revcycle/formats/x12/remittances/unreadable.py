"""Which element keeps a claim from being read; asked only when one does."""

from collections.abc import Callable, Iterable, Iterator

from revcycle.formats.x12.reading import UnreadableError
from revcycle.formats.x12.remittances.conversions import AMOUNTS, QUANTITIES
from revcycle.formats.x12.remittances.reading_state import (
    CAS_LENGTH,
    TRIPLET_STRIDE,
    Elements,
    element,
)
from revcycle.formats.x12.segments import Segment

NOT_AN_AMOUNT = "not an amount in whole cents"
NOT_A_QUANTITY = "not a quantity"
REQUIRED_AMOUNTS = {"CLP": (3, 4), "SVC": (2, 3)}
OPTIONAL_AMOUNTS = {"CLP": (5,)}
OPTIONAL_QUANTITIES = {"SVC": (5, 7)}

Problem = tuple[int, str]  # the element and what is wrong with it


def unreadable_element(segments: Iterable[tuple[int, Elements]]) -> tuple[int, UnreadableError]:
    """Find the first element of a claim that cannot be read, with the index of its segment."""
    first: tuple[int, Elements] | None = None
    for at, segment in segments:
        first = first or (at, segment)
        for number, problem in _problems(segment):
            return at, UnreadableError(Segment(segment), number, problem)
    at, segment = first or (0, ["CLP"])
    return at, UnreadableError(Segment(segment), 1, "something is missing")


def _problems(segment: Elements) -> Iterator[Problem]:
    tag = segment[0]
    for number in REQUIRED_AMOUNTS.get(tag, ()):
        yield from _judged(segment, number, NOT_AN_AMOUNT, AMOUNTS.__getitem__)
    for number in OPTIONAL_AMOUNTS.get(tag, ()):
        if element(segment, number):
            yield from _judged(segment, number, NOT_AN_AMOUNT, AMOUNTS.__getitem__)
    for number in OPTIONAL_QUANTITIES.get(tag, ()):
        if element(segment, number):
            yield from _judged(segment, number, NOT_A_QUANTITY, QUANTITIES.__getitem__)
    if tag == "AMT" and element(segment, 1) == "B6":
        yield from _judged(segment, 2, NOT_AN_AMOUNT, AMOUNTS.__getitem__)
    if tag == "CAS":
        yield from _triplets(segment)


def _triplets(segment: Elements) -> Iterator[Problem]:
    if len(segment) == 1:
        yield 1, "a group without adjustments"
    for number in range(2, min(len(segment), CAS_LENGTH), TRIPLET_STRIDE):
        if not any(segment[number : number + TRIPLET_STRIDE]):
            continue
        if not segment[number]:
            yield number, "an amount without a reason"
        yield from _judged(segment, number + 1, NOT_AN_AMOUNT, AMOUNTS.__getitem__)
        if element(segment, number + 2):
            yield from _judged(segment, number + 2, NOT_A_QUANTITY, QUANTITIES.__getitem__)


def _judged(
    segment: Elements, number: int, problem: str, read: Callable[[str], object]
) -> Iterator[Problem]:
    try:
        read(element(segment, number))
    except ValueError:
        yield number, problem
