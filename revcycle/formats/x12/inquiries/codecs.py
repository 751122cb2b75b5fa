"""Codecs: how one segment becomes a value and a value the segment, so that both agree."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from models.values.money import Money
from revcycle.formats.x12.elements import write_amount, write_quantity
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Delimiters, Segment

T = TypeVar("T")
OURS = Delimiters()
_NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)", re.ASCII)
_REFUSED = str.maketrans(dict.fromkeys(OURS.all(), "\x1f"))


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """One kind of segment, both ways.

    Attributes:
        read: Raises ``UnreadableError`` where no value can be made of the segment.
        write: Says everything the value holds; the reader compares it with the segment.
    """

    read: Callable[[Segment, Place], T]
    write: Callable[[T], Segment]


def split_repeats(text: str, delimiters: Delimiters) -> tuple[str, ...]:
    """Split a repeated element; files before 5010 name no separator but a letter."""
    if delimiters.repetition.isalnum():
        return (text,) if text else ()
    return tuple(part for part in text.split(delimiters.repetition) if part)


def join_parts(parts: Iterable[str], separator: str = OURS.component) -> str:
    """Join components or repetitions, without trailing empty ones.

    A delimiter within a part becomes a sign that the strict end of writing refuses.
    """
    return separator.join(part.translate(_REFUSED) for part in parts).rstrip(separator)


def amount_text(amount: Money | None) -> str:
    """Write an amount that may be absent."""
    return "" if amount is None else write_amount(amount)


def quantity_text(quantity: Decimal | None) -> str:
    """Write a quantity that may be absent."""
    return "" if quantity is None else write_quantity(quantity)


def in_our_delimiters(segment: Segment, delimiters: Delimiters) -> tuple[str, ...]:
    """Write the composites and repetitions of a file's segment with our separators."""
    if delimiters.component == OURS.component and delimiters.repetition == OURS.repetition:
        return segment
    table = {}
    if not delimiters.component.isalnum():
        table[delimiters.component] = OURS.component
    if not delimiters.repetition.isalnum():
        table[delimiters.repetition] = OURS.repetition
    translation = str.maketrans(table)
    return (segment[0], *(element.translate(translation) for element in segment[1:]))


def says_the_same(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether two segments differ in trailing empty elements and the form of numbers only."""
    if left == right:
        return True
    length = max(len(left), len(right))
    padded = zip(_padded(left, length), _padded(right, length), strict=True)
    return all(one == other or _is_equal(one, other) for one, other in padded)


def _padded(segment: tuple[str, ...], length: int) -> tuple[str, ...]:
    return (*segment, *("" for _ in range(length - len(segment))))


def _is_equal(one: str, other: str) -> bool:
    if OURS.component in one or OURS.component in other:
        return one.rstrip(OURS.component) == other.rstrip(OURS.component)
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    return Decimal(one) == Decimal(other)
