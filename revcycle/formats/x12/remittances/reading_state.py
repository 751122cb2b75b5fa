"""What the readers of a remittance share: where they are, and what no field holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from models.documents.claim import Adjustment
from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from models.documents.party import ContactNumber
from models.values.money import Money
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.remittances.conversions import (
    AMOUNTS,
    DATES,
    QUANTITIES,
    Procedures,
    Renderings,
    procedures_of,
)
from revcycle.formats.x12.remittances.drafts import new_adjustment
from revcycle.formats.x12.segments import Delimiters, Segment

Elements = list[str]  # a segment while it is read; 0 is its tag, as in ``Segment``

CONTACT_NUMBERS = (3, 5, 7)  # PER
CONTACT_END = 9
TRIPLETS_MAX = 6  # of one CAS
TRIPLET_STRIDE = 3
CAS_LENGTH = 20
ONE_TRIPLET = 4  # CAS01 to CAS03, the most common
QUALIFIED_TAGS = frozenset({"AMT", "CAS", "CUR", "DTM", "LQ", "N1", "NM1", "PER", "QTY", "REF"})
QUALIFIER_LENGTH_MAX = 3
STANDARD = Delimiters()


class Reading:
    """One transaction while it is read from its first segment to its last.

    Attributes:
        at: The index of the segment that is read next; ``segment`` is that segment.
    """

    __slots__ = (
        "at",
        "component",
        "pieces",
        "place",
        "procedures",
        "renderings",
        "segment",
        "separator",
    )

    def __init__(self, place: Place) -> None:
        self.place = place
        self.pieces = place.transaction.pieces
        self.separator = place.transaction.separator
        self.component = place.delimiters.component
        self.procedures: Procedures = procedures_of(self.component)
        self.renderings = Renderings(self.separator)
        self.at = 0
        self.segment: Elements = [""]

    def go_to(self, at: int) -> Elements:
        """Make a segment the one that is read next; an empty one behind the last."""
        self.at = at
        self.segment = self.segment_at(at) if at < len(self.pieces) else [""]
        return self.segment

    def segment_at(self, at: int) -> Elements:
        """Cut a segment into its elements, without empty ones at its end."""
        segment = self.pieces[at].split(self.separator)
        return segment if segment[-1] else trimmed(segment)

    def kept(self, loop: str, segment: Elements, *, stands_in: bool = False) -> KeptSegment:
        """Keep a segment, with the component separator that everybody expects."""
        elements = tuple(segment)
        if self.component != STANDARD.component:
            elements = tuple(
                element.replace(self.component, STANDARD.component) for element in elements
            )
        return KeptSegment(loop, elements, stands_in)

    def note(self, at: int, segment: Elements, message: str, number: int = 0) -> None:
        """Say something of a segment that is no problem."""
        self.place.here = at + 1
        subject = f"{segment[0]}{number:02d}" if number else qualified_name(segment)
        self.place.report(
            Segment(segment), "x12.segment_kept", Severity.INFO, subject, message, Snip.NOTE
        )

    def bad_value(self, at: int, segment: Elements, number: int, message: str) -> None:
        """Report an element that is not what it should be."""
        self.place.here = at + 1
        self.place.report_bad_value(Segment(segment), number, message)


@dataclass(slots=True)
class Remains:
    """What one loop holds beyond the fields of its document.

    Where a segment says more than, or something else than, the fields can hold, all segments with
    its tag in the loop are kept, to stand in for what the fields would give.
    """

    reading: Reading
    loop: str
    kept: list[KeptSegment] = field(default_factory=list)
    odd: set[str] = field(default_factory=set)

    def keep(self, at: int, segment: Elements) -> None:
        """Keep a segment that no field holds, and say so."""
        self.kept.append(self.reading.kept(self.loop, segment))
        message = "our record of the file has no field for it; it is kept as it is"
        self.reading.note(at, segment, message)

    def spare(self, at: int, segment: Elements, number: int = 0) -> None:
        """Keep a segment with something that the guide does not use, and say so."""
        self.odd.add(segment[0])
        message = "the guide does not use all that stands here; it is kept as it is"
        self.reading.note(at, segment, message, number)

    def bad(self, at: int, segment: Elements, number: int, message: str) -> None:
        """Keep a segment with an element that is not what it should be, and report it."""
        self.odd.add(segment[0])
        self.reading.bad_value(at, segment, number, message)

    def check_length(self, at: int, segment: Elements, used: int) -> None:
        """Keep a segment that has elements beyond those that are used."""
        if len(segment) > used + 1:
            number = next(at for at in range(used + 1, len(segment)) if segment[at])
            self.spare(at, segment, number)

    def amount(self, at: int, segment: Elements, number: int) -> Money | None:
        """Read an amount that may be absent."""
        text = element(segment, number)
        try:
            return AMOUNTS[text] if text else None
        except ValueError:
            self.bad(at, segment, number, "not an amount in whole cents")
            return None

    def quantity(self, at: int, segment: Elements, number: int) -> Decimal | None:
        """Read a count that may be absent."""
        text = element(segment, number)
        try:
            return QUANTITIES[text] if text else None
        except ValueError:
            self.bad(at, segment, number, "not a number")
            return None

    def check_dates(self, positions: Iterable[int]) -> None:
        """Report the DTM segments, of those at these places, whose date is none."""
        for at in positions:
            segment = self.reading.segment_at(at)
            if segment[0] == "DTM" and element(segment, 2) and DATES[segment[2]] is None:
                self.bad(at, segment, 2, "not a date of the calendar as CCYYMMDD")

    def closed(self, positions: Iterable[int]) -> tuple[KeptSegment, ...]:
        """Return what is kept of the loop whose segments stand at these places."""
        if not self.odd:
            return tuple(self.kept)
        segments = (self.reading.segment_at(at) for at in positions)
        stand_ins = [
            self.reading.kept(self.loop, segment, stands_in=True)
            for segment in segments
            if segment[0] in self.odd
        ]
        others = [one for one in self.kept if one.elements[0] not in self.odd]
        return (*stand_ins, *others)


def trimmed(segment: Elements) -> Elements:
    """Take the empty elements from the end of a segment."""
    while len(segment) > 1 and not segment[-1]:
        del segment[-1]
    return segment


def element(segment: Elements, number: int) -> str:
    """Return an element as the guides count them, or an empty string."""
    return segment[number] if number < len(segment) else ""


def qualified_name(segment: Elements) -> str:
    """Name a segment as people do, ``REF*G1``, where element 01 is a code and nobody's name."""
    qualifier = element(segment, 1)
    is_code = segment[0] in QUALIFIED_TAGS and 0 < len(qualifier) <= QUALIFIER_LENGTH_MAX
    return f"{segment[0]}*{qualifier}" if is_code else segment[0]


def read_adjustments(segment: Elements) -> tuple[Adjustment, ...]:
    """Read the triplets of a CAS: reason, amount and an optional quantity, up to six times.

    Raises:
        ValueError: an amount has no reason, or an amount or a quantity is none.
        IndexError: an amount is missing.
    """
    if len(segment) == ONE_TRIPLET and segment[2]:
        return (new_adjustment(segment[1], segment[2], AMOUNTS[segment[3]]),)
    found = []
    for start in range(2, min(len(segment), CAS_LENGTH), TRIPLET_STRIDE):
        reason, *rest = segment[start : start + TRIPLET_STRIDE]
        if not any((reason, *rest)):
            continue
        if not reason:
            message = "an amount without a reason"
            raise ValueError(message)
        quantity = QUANTITIES[rest[1]] if len(rest) > 1 and rest[1] else None
        found.append(new_adjustment(segment[1], reason, AMOUNTS[rest[0]], quantity))
    return tuple(found)


def counts_of(groups: list[tuple[object, int]], most: int) -> tuple[int, ...]:
    """Say how many entries each segment holds; nothing where a writer would do the same.

    Args:
        groups: What the entries of each segment have in common, and how many there are.
        most: How many fit into a segment.
    """
    plain: list[int] = []
    last: object = None
    for key, count in groups:
        if plain and key == last:
            plain[-1] += count
        else:
            plain.append(count)
        last = key
    usual = [min(most, count - start) for count in plain for start in range(0, count, most)]
    counts = [count for _, count in groups]
    return () if usual == counts else tuple(counts)


def adjustment_counts(segments: Iterable[Elements], remains: Remains) -> tuple[int, ...]:
    """Say how many adjustments each CAS of a loop holds; nothing where that is as usual.

    A CAS with a gap between its triplets, or with more than the guide has, stands in for itself.
    """
    groups: list[tuple[object, int]] = []
    for segment in segments:
        if segment[0] != "CAS":
            continue
        found = read_adjustments(segment)
        groups.append((segment[1], len(found)))
        length = 2 + len(found) * TRIPLET_STRIDE
        if not found or not length - 2 < len(segment) <= length:
            remains.odd.add("CAS")
    return counts_of(groups, TRIPLETS_MAX)


def read_contact_numbers(segment: Elements) -> tuple[ContactNumber, ...]:
    """Read PER03 to PER08."""
    pairs = ((element(segment, at), element(segment, at + 1)) for at in CONTACT_NUMBERS)
    return tuple(ContactNumber(kind, value) for kind, value in pairs if kind or value)


def is_contact_odd(segment: Elements) -> bool:
    """Tell whether a PER has a gap between its numbers, or more than a contact holds."""
    numbers = [any(segment[at : at + 2]) for at in CONTACT_NUMBERS]
    return numbers != sorted(numbers, reverse=True) or len(segment) > CONTACT_END
