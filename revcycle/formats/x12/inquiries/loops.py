"""One loop while it is read, and what of it has no field while it is written."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from models.errors import RejectedError
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.inquiries.codecs import Codec, in_our_delimiters, says_the_same
from revcycle.formats.x12.inquiries.strictness import Verbatim, checked
from revcycle.formats.x12.reading import Place, UnreadableError
from revcycle.formats.x12.segments import Segment

T = TypeVar("T")
QUALIFIER_LENGTH_MAX = 3
SILENT_TAGS = frozenset({"DMG", "HI", "N3", "N4"})  # not written where there is nothing to say
QUALIFIED_TAGS = frozenset({"AMT", "DTP", "EB", "NM1", "PER", "PRV", "QTY", "REF", "TRN"})
Found = Mapping[str, list[Any]]  # the values of a loop by tag


@dataclass(slots=True)
class LoopReader:
    """Reads the segments of one loop; what it has no field for is kept, never dropped."""

    place: Place
    loop: str
    kept: list[KeptSegment] = field(default_factory=list)

    def read(self, one: Segment, codec: Codec[T]) -> T | None:
        """Read a segment; None, with a diagnostic, where it cannot be."""
        try:
            return self.read_or_raise(one, codec)
        except UnreadableError as error:
            self.report_unreadable(error, "the segment is kept as it is")
            self._add(one)
            return None

    def read_or_raise(self, one: Segment, codec: Codec[T]) -> T:
        """Read a segment that what follows depends on.

        Raises:
            UnreadableError: it cannot be read.
        """
        value = codec.read(one, self.place)
        self._check(one, codec, value)
        return value

    def gather(
        self, segments: Iterable[Segment], codecs: Mapping[str, Codec[Any]], once: Collection[str]
    ) -> Found:
        """Read segments by their tags; those in ``once`` have room for one only."""
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for one in segments:
            codec = codecs.get(one[0])
            is_second = one[0] in once and one[0] in found
            is_nothing = one[0] in SILENT_TAGS and not any(one[1:])
            if codec is None or is_second or is_nothing:
                self.keep(one)
            elif (value := self.read(one, codec)) is not None:
                found[one[0]].append(value)
        return found

    def keep(self, one: Segment) -> None:
        """Keep a segment that no field holds, and say so."""
        self._add(one)
        message = "our record of the file has no field for it; it is kept as it is"
        self._note(one, message)

    def keep_in_place_of(self, written: Segment, one: Segment) -> None:
        """Keep a segment for which we would write another, and say so."""
        self._add(one, stands_for=tuple(written))
        message = "not all that stands here is as the guide wants it; it is kept as it is"
        self._note(one, message)

    def keep_all(self, segments: Iterable[Segment]) -> None:
        """Keep the segments of a loop that no field holds."""
        for one in segments:
            self.keep(one)

    def keep_block(self, segments: Iterable[Segment]) -> None:
        """Keep segments whose loop was reported as a whole."""
        for one in segments:
            self._add(one)

    def report_unreadable(self, error: UnreadableError, consequence: str) -> None:
        """Say what cannot be read, and what becomes of it."""
        rule_id = f"x12.{self.place.transaction.kind}_unreadable"
        message = f"{error.problem}; {consequence}"
        self.place.report(error.segment, rule_id, Severity.ERROR, error.element, message)

    def _check(self, one: Segment, codec: Codec[T], value: T) -> None:
        """Keep a segment beside its value where we would not write it as it is."""
        original = in_our_delimiters(one, self.place.delimiters)
        written = codec.write(value)
        if says_the_same(written, original) and is_writable(written):
            return
        if one[0] in SILENT_TAGS and not any(written[1:]):
            self.keep(one)
        else:
            self.keep_in_place_of(written, one)

    def _add(self, one: Segment, *, stands_for: tuple[str, ...] = ()) -> None:
        elements = tuple(in_our_delimiters(one, self.place.delimiters))
        stands_in = bool(stands_for)
        kept = KeptSegment(self.loop, elements, stands_in=stands_in, stands_for=stands_for)
        self.kept.append(kept)

    def _note(self, one: Segment, message: str) -> None:
        qualifier = one.get(1)
        is_code = one[0] in QUALIFIED_TAGS and 0 < len(qualifier) <= QUALIFIER_LENGTH_MAX
        subject = f"{one[0]}*{qualifier}" if is_code else one[0]
        self.place.report(one, "x12.segment_kept", Severity.INFO, subject, message, Snip.NOTE)


@lru_cache(maxsize=4096)  # payers, providers and codes come again
def is_writable(written: Segment) -> bool:
    """Tell whether the strict end lets a segment pass, but for upper case and blanks."""
    try:
        (strict,) = checked([written])
    except RejectedError:
        return False
    return _bare(strict) == _bare(written)


def _bare(segment: Segment) -> list[str]:
    return [" ".join(element.upper().split()) for element in segment]


def only(found: Found, tag: str) -> Any:
    """Return the one value of a tag, or None."""
    values = found.get(tag)
    return values[0] if values else None


def with_kept(
    modelled: Sequence[Segment], kept: Sequence[KeptSegment], order: Sequence[str]
) -> list[Segment]:
    """Put what was kept of a loop among the segments that the document gives.

    What stands in for a segment replaces it as long as the document still gives the same for it;
    the rest goes behind the segments that the guide wants before it, unknown ones last.

    Raises:
        RejectedError: a kept segment holds a delimiter of the file that is written.
    """
    if not kept:
        return list(modelled)
    originals: defaultdict[tuple[str, ...], deque[Segment]] = defaultdict(deque)
    for one in kept:
        if one.stands_in:
            originals[one.stands_for].append(_verbatim(one))
    segments = [replaced.popleft() if (replaced := originals.get(one)) else one for one in modelled]
    ranks = {tag: rank for rank, tag in enumerate(order)}
    for one in kept:
        if not one.stands_in:
            _insert(segments, _verbatim(one), ranks)
    return segments


def _verbatim(one: KeptSegment) -> Verbatim:
    if any("*" in element or "~" in element for element in one.elements):
        msg = f"a kept {one.elements[0]} holds a character that X12 uses as a delimiter"
        raise RejectedError(msg)
    return Verbatim(one.elements)


def _insert(segments: list[Segment], written: Segment, ranks: Mapping[str, int]) -> None:
    last = len(ranks)
    rank = ranks.get(written[0], last)
    place = len(segments)
    while place and ranks.get(segments[place - 1][0], last) > rank:
        place -= 1
    segments.insert(place, written)
