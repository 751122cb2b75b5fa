"""The canonical form: one way to write what a file says, so that two files can be compared.

Delimiters, values and control numbers stay as they are. What is made uniform:

- a line break behind every terminator and nothing else between segments;
- no empty elements, components or repetitions at an end (ISA keeps all of its own);
- decimal numbers without superfluous zeros, signs and points (``0125.00`` is ``125``);
- the segments of a loop in the order of the guide, where there is a guide;
- what stood outside of any transaction comes before the first group.
"""

import re
from collections.abc import Iterator, Sequence

from revcycle.formats.x12.guides.library import guide_for
from revcycle.formats.x12.guides.order import canonical_order
from revcycle.formats.x12.guides.rules import Guide, SegmentRule
from revcycle.formats.x12.guides.walk import walk
from revcycle.formats.x12.interchange import (
    Group,
    Interchange,
    Transaction,
    read_interchanges,
    render,
)
from revcycle.formats.x12.segments import Delimiters, Segment

DECIMAL_TYPES = frozenset({"R", "R2"})
_DECIMAL = re.compile(r"(?P<sign>-?)0*(?P<whole>\d*)(?:\.(?P<part>\d*?)0*)?", re.ASCII)


def canonical_form(data: bytes) -> bytes:
    """Bring a file into its canonical form; doing it twice changes nothing more.

    Raises:
        NotX12Error: there is no ISA.
    """
    return b"".join(
        render(list(_interchange(found)), found.delimiters) for found in read_interchanges(data)
    )


def canonical_segments(
    segments: Sequence[Segment], guide: Guide | None, delimiters: Delimiters
) -> list[Segment]:
    """Bring the segments of one transaction, ST to SE, into their canonical form."""
    if guide is None:
        return [_trimmed(one, delimiters) for one in segments]
    has_end = segments[-1].tag == "SE"
    body, end = (segments[:-1], segments[-1:]) if has_end else (segments, ())
    ordered = canonical_order(guide, body, delimiters.component)
    steps = walk(guide, ordered, delimiters.component)
    uniform = [
        _trimmed(_with_plain_numbers(one, step.rule, delimiters), delimiters)
        for one, step in zip(ordered, steps, strict=True)
    ]
    return [*uniform, *(_trimmed(one, delimiters) for one in end)]


def canonical_number(text: str) -> str:
    """Write a decimal number as X12 wants it; what is none stays as it is.

    >>> canonical_number("0125.00"), canonical_number("-.50"), canonical_number("1,000")
    ('125', '-0.5', '1,000')
    """
    found = _DECIMAL.fullmatch(text)
    if found is None or not (found["whole"] or found["part"] or "0" in text):
        return text
    whole, part = found["whole"] or "0", found["part"]
    number = f"{whole}.{part}" if part else whole
    return number if number == "0" else found["sign"] + number


def _interchange(interchange: Interchange) -> Iterator[Segment]:
    yield interchange.header
    yield from interchange.loose
    for group in interchange.groups:
        yield from _group(group, interchange.delimiters)
    if interchange.trailer is not None:
        yield interchange.trailer


def _group(group: Group, delimiters: Delimiters) -> Iterator[Segment]:
    yield group.header
    for transaction in group.transactions:
        yield from _transaction(transaction, group, delimiters)
    if group.trailer is not None:
        yield group.trailer


def _transaction(transaction: Transaction, group: Group, delimiters: Delimiters) -> list[Segment]:
    guide = guide_for(transaction.kind, transaction.version, group.functional_code)
    return canonical_segments(transaction.segments, guide, delimiters)


def _with_plain_numbers(one: Segment, rule: SegmentRule | None, delimiters: Delimiters) -> Segment:
    if rule is None:
        return one
    elements = list(one)
    for element in rule.elements[: len(one) - 1]:
        if element.type in DECIMAL_TYPES:
            elements[element.number] = canonical_number(elements[element.number])
        elif element.components:
            parts = elements[element.number].split(delimiters.component)
            for component in element.components[: len(parts)]:
                if component.type in DECIMAL_TYPES:
                    at = component.number - 1
                    parts[at] = canonical_number(parts[at])
            elements[element.number] = delimiters.component.join(parts)
    return Segment(elements)


def _trimmed(one: Segment, delimiters: Delimiters) -> Segment:
    ends = delimiters.component
    if not delimiters.repetition.isalnum():
        ends += delimiters.repetition
    return Segment(element.rstrip(ends) if element[-1:] in ends else element for element in one)
