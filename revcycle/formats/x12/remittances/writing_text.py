"""How elements of a remittance are written: strictly, or as they were read."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby, pairwise
from typing import TypeVar

from models.documents.claim_codes import KeptSegment
from models.documents.party import Contact, Reference
from models.documents.remittance_supplements import PayerContact
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12.elements import (
    clean,
    identifier,
    write_amount,
    write_date,
    write_quantity,
)
from revcycle.formats.x12.segments import Delimiters, Segment, composite, segment

Entry = TypeVar("Entry")
STANDARD = Delimiters()
NAME_LIMIT = 60
IDENTIFIER_LIMIT = 80
REFERENCE_LIMIT = 50
NUMBER_LIMIT = 256  # PER04


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes elements.

    Attributes:
        is_copy: Text and codes are written as they were read, whether the guide knows them or
            not; only what would break the file is refused.
    """

    delimiters: Delimiters = STANDARD
    is_copy: bool = False

    def name(self, text: str, field: str, limit: int = NAME_LIMIT) -> str:
        """Write free text, in the basic character set.

        Raises:
            RejectedError: it cannot be carried; the field is named.
        """
        return self._copied(text, field) if self.is_copy else clean(text, field=field, limit=limit)

    def required_name(self, text: str, field: str) -> str:
        """Write free text that must be there.

        Raises:
            RejectedError: it is missing, or cannot be carried.
        """
        name = self.name(text, field)
        if not name and not self.is_copy:
            msg = f"{field} is required"
            raise RejectedError(msg)
        return name

    def required(self, text: str, field: str, limit: int = REFERENCE_LIMIT) -> str:
        """Write an identifier that must be there, unchanged.

        Raises:
            RejectedError: it is missing, too long, or cannot be carried.
        """
        if self.is_copy:
            return self._copied(text, field)
        written = identifier(text, field=field, limit=limit)
        if not frozenset(self.delimiters.all()).isdisjoint(written):
            msg = f"{field} holds a character that is a delimiter of this file"
            raise RejectedError(msg)
        return written

    def optional(self, text: str, field: str, limit: int = REFERENCE_LIMIT) -> str:
        """Write an identifier unchanged, or nothing.

        Raises:
            RejectedError: it is too long, or cannot be carried.
        """
        return self.required(text, field, limit) if text else ""

    def code(self, text: str, field: str, allowed: Collection[str]) -> str:
        """Write a code of a list of the guide.

        Raises:
            RejectedError: it is none of them.
        """
        if self.is_copy:
            return self._copied(text, field)
        if text not in allowed:
            msg = f"{field} is none that a remittance may carry"
            raise RejectedError(msg)
        return text

    def composite(self, *components: str) -> str:
        """Join components."""
        return composite(*components, delimiters=self.delimiters)

    def kept(self, one: KeptSegment) -> Segment:
        """Write a segment that was kept, with the delimiters of this file."""
        component = self.delimiters.component
        if component == STANDARD.component:
            return Segment(one.elements)
        return Segment(element.replace(STANDARD.component, component) for element in one.elements)

    def _copied(self, text: str, field: str) -> str:
        if self.delimiters.element in text or self.delimiters.terminator in text:
            msg = f"{field} holds a character that X12 uses as a delimiter"
            raise RejectedError(msg)
        return text  # a colon of a web address, for instance, stands in many files


def date_segments(qualifier: str, when: date | None) -> Iterator[Segment]:
    """Write a DTM, if there is a date."""
    if when is not None:
        yield segment("DTM", qualifier, write_date(when))


def reference_segments(pen: Pen, references: Iterable[Reference], field: str) -> Iterator[Segment]:
    """Write one REF for each number."""
    for one in references:
        qualifier = pen.required(one.qualifier, f"kind of {field}", 3)
        yield segment("REF", qualifier, pen.required(one.value, field))


def number_segments(tag: str, numbers: Iterable[tuple[str, Money | Decimal]]) -> Iterator[Segment]:
    """Write one AMT or QTY for each amount or count."""
    for kind, number in numbers:
        text = write_amount(number) if isinstance(number, Money) else write_quantity(number)
        yield segment(tag, kind, text)


def contact_segment(pen: Pen, function: str, contact: Contact | PayerContact) -> Segment:
    """Write a PER."""
    numbers = [
        text
        for one in contact.numbers
        for text in (one.kind, pen.required(one.value, "number of a contact", NUMBER_LIMIT))
    ]
    return segment("PER", function, pen.name(contact.name, "name of a contact"), *numbers)


def optional_quantity(quantity: Decimal | None) -> str:
    """Write a count that may be absent."""
    return "" if quantity is None else write_quantity(quantity)


def optional_amount(amount: Money | None) -> str:
    """Write an amount that may be absent."""
    return "" if amount is None else write_amount(amount)


def optional_date(when: date | None) -> str:
    """Write a date that may be absent."""
    return "" if when is None else write_date(when)


def chunked(
    entries: Sequence[Entry], key: Callable[[Entry], object], most: int, counts: Sequence[int]
) -> list[Sequence[Entry]]:
    """Share entries out to segments.

    Args:
        entries: All of them.
        key: What the entries of one segment have in common.
        most: How many fit into a segment.
        counts: How many each segment holds, where the document says so.
    """
    ends = list(accumulate(counts))
    if ends and ends[-1] == len(entries) and max(counts) <= most:
        starts = [0, *ends]
        stated = [entries[start:end] for start, end in pairwise(starts)]
        if all(len(set(map(key, chunk))) == 1 for chunk in stated):
            return stated
    runs = [list(run) for _, run in groupby(entries, key=key)]
    return [run[start : start + most] for run in runs for start in range(0, len(run), most)]


def with_kept(
    pen: Pen, written: Iterable[Segment], kept: Sequence[KeptSegment]
) -> Iterator[Segment]:
    """Write the segments of a loop with those that were kept in it.

    What stands in replaces all that would be written with its tag; the rest follows its like.
    """
    stand_ins: dict[str, list[Segment]] = {}
    for one in kept:
        if one.stands_in:
            stand_ins.setdefault(one.elements[0], []).append(pen.kept(one))
    segments: list[Segment] = []
    for segment_ in written:
        if segment_[0] in stand_ins:
            segments.extend(stand_ins[segment_[0]])
            stand_ins[segment_[0]] = []
        else:
            segments.append(segment_)
    segments.extend(left for tag in stand_ins for left in stand_ins[tag])
    for one in kept:
        if not one.stands_in:
            alike = [at for at, other in enumerate(segments) if other[0] == one.elements[0]]
            segments.insert(alike[-1] + 1 if alike else len(segments), pen.kept(one))
    yield from segments
