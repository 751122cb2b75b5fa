"""What the readers of a claim file share: the segments, where they are, and what was kept."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from models.documents.claim import ClaimForm
from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from models.values.money import ZERO, Money
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.elements import read_amount, read_date, read_quantity
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment

QUALIFIER_LENGTH_MAX = 3
PERIOD_LENGTH = 17  # CCYYMMDD-CCYYMMDD
PARTY_TAGS = frozenset({"N2", "N3", "N4", "DMG", "PRV", "REF", "PER"})  # behind an NM1

Row = list[str]
Window = tuple[int, list[str], list[Row]]  # base, texts, rows
END: Row = [""]  # behind the last row, so that nobody has to count

quantity_of = lru_cache(maxsize=4096)(read_quantity)  # units repeat


@dataclass(slots=True)
class Reading:
    """One transaction while it is read, level by level, each from its first segment to its last.

    What every claim has is read from ``rows``, bare lists, because to make a ``Segment`` of each
    took a third of the time; everything else asks for the ``segment``.

    Attributes:
        texts: The segments of the level, uncut.
        rows: The same, cut into elements; behind them stands ``END``.
        base: How many segments of the transaction stand before them.
        at: The row that is read next; a reader of a loop leaves it behind the loop.
        loop: The loop that is read, for diagnostics and kept segments.
        kept: Where segments without a field go at present: to a claim, a line, the batch.
        element: The delimiter between elements.
        separator: The delimiter between components.
    """

    place: Place
    form: ClaimForm
    element: str
    separator: str
    texts: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    base: int = 0
    at: int = 0
    loop: str = ""
    kept: list[KeptSegment] = field(default_factory=list)
    _made: list[tuple[Segment, int]] = field(default_factory=list)
    _stood: int = 0  # the position of the segment that was kept last as standing in

    def open(self, window: Window) -> None:
        """Turn to the next level."""
        self.base, self.texts, self.rows = window
        self.at = 0
        if self._made:
            self._made = []

    def segment(self, at: int) -> Segment:
        """Make the segment of a row; it will be known where it stood."""
        made = Segment(self.rows[at])
        self._made.append((made, at))
        return made

    def segments(self, start: int, end: int) -> list[Segment]:
        """Make the segments of a loop."""
        return [self.segment(at) for at in range(start, end)]

    def take_with(self, tags: Collection[str]) -> list[Segment]:
        """Take a segment, and those with these tags that follow it."""
        start, rows = self.at, self.rows
        end = start + 1
        while rows[end][0] in tags:
            end += 1
        self.at = end
        return self.segments(start, end)

    def report(
        self,
        segment: Segment,
        rule_id: str,
        severity: Severity,
        subject: str,
        message: str,
        level: Snip = Snip.GUIDE,
    ) -> None:
        """Add a diagnostic about a segment that was made here."""
        self.place.here = self._position(segment)
        self.place.report(segment, rule_id, severity, subject, message, level, self.loop)

    def _position(self, segment: Segment) -> int:
        at = next((at for made, at in self._made if made is segment), self.at)
        return self.base + at + 1

    def keep(self, segment: Segment) -> None:
        """Keep a segment that no field holds, and say so."""
        self.kept.append(KeptSegment(self.loop, tuple(segment)))
        message = "our record of the file has no field for it; it is kept as it is"
        name = qualified_name(segment)
        self.report(segment, "x12.segment_kept", Severity.INFO, name, message, Snip.NOTE)

    def keep_part(self, segment: Segment, part: Segment) -> None:
        """Keep the part of a segment that no field holds, and say so."""
        self.keep(segment)
        self.kept[-1] = KeptSegment(self.loop, tuple(part))

    def keep_all(self, segments: Collection[Segment]) -> None:
        """Keep the segments of a loop."""
        for segment in segments:
            self.keep(segment)

    def stand_in(self, segment: Segment) -> None:
        """Keep a segment of which the fields say a part only; once is enough."""
        position = self._position(segment)
        if position != self._stood:
            self._stood = position
            self.kept.append(KeptSegment(self.loop, tuple(segment), stands_in=True))

    def report_spare(self, segment: Segment, number: int = 0) -> None:
        """Keep a segment with an element that the guide does not use, and say so."""
        self.stand_in(segment)
        name = f"{segment[0]}{number:02d}" if number else qualified_name(segment)
        message = "the guide does not use all that stands here; it is kept as it is"
        self.report(segment, "x12.segment_kept", Severity.INFO, name, message, Snip.NOTE)

    def check_spare(self, segment: Segment, used: Collection[int]) -> None:
        """Keep a segment that has elements beyond those that are used."""
        for number, value in enumerate(segment):
            if value and number and number not in used:
                self.report_spare(segment, number)
                return

    def unreadable(self, segment: Segment, number: int, message: str) -> None:
        """Report an element that is not what it should be, and keep its text."""
        self.stand_in(segment)
        subject = f"{segment[0]}{number:02d}"
        self.report(segment, "x12.bad_value", Severity.ERROR, subject, message)

    def amount(self, segment: Segment, number: int) -> Money:
        """Read a required amount; zero when it cannot be read."""
        try:
            return read_amount(segment[number])
        except IndexError:
            self.unreadable(segment, number, "an amount is missing")
        except ValueError:
            message = "not an amount in whole cents" if segment[number] else "an amount is missing"
            self.unreadable(segment, number, message)
        return ZERO

    def optional_amount(self, segment: Segment, number: int) -> Money | None:
        """Read an amount that may be absent."""
        return self.amount(segment, number) if segment.get(number) else None

    def quantity(self, segment: Segment, number: int) -> Decimal | None:
        """Read a quantity that may be absent."""
        if not (text := segment.get(number)):
            return None
        try:
            return quantity_of(text)
        except ValueError:
            self.unreadable(segment, number, "not a number")
            return None

    def whole(self, segment: Segment, number: int) -> int | None:
        """Read a whole number that may be absent."""
        text = segment.get(number)
        if text and not (text.isascii() and text.isdigit()):
            self.unreadable(segment, number, "not a whole number")
            return None
        return int(text) if text else None

    def day(self, segment: Segment, number: int) -> date | None:
        """Read a date of eight digits that may be absent."""
        if not (text := segment.get(number)):
            return None
        try:
            return read_date(text)
        except ValueError:
            self.unreadable(segment, number, "not a date of the calendar as CCYYMMDD")
            return None

    def flag(self, segment: Segment, number: int) -> bool | None:
        """Read Y or N; nothing when it is not said."""
        text = segment.get(number)
        if text not in {"", "Y", "N"}:
            self.unreadable(segment, number, "neither Y nor N")
        return {"Y": True, "N": False}.get(text)

    def period(self, segment: Segment) -> tuple[date, date | None] | None:
        """Read the D8 or RD8 date of a DTP; the end of a D8 date is None.

        A period written as D8, or a day written as RD8, is read and kept as it stands.
        """
        text, form = segment.get(3), segment.get(2)
        try:
            first = read_date(text[:8])
            last = read_date(text[9:]) if len(text) > len("CCYYMMDD") else None
        except ValueError:
            self.unreadable(segment, 3, "not a date of the calendar as CCYYMMDD")
            return None
        if form != ("D8" if last is None else "RD8") or (last and text[8] != "-"):
            self.unreadable(segment, 2, "the date has another form than it says")
        return first, last


def qualified_name(segment: Segment) -> str:
    """Name a segment as people do, ``REF*G1``, where element 01 is a code."""
    qualifier = segment.get(1)
    short = 0 < len(qualifier) <= QUALIFIER_LENGTH_MAX
    return f"{segment[0]}*{qualifier}" if short else segment[0]


def frozen(extra: dict[str, Any]) -> dict[str, Any]:
    """Turn the lists that were gathered into tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in extra.items()
    }
