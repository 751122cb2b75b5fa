"""What is wrong with a transaction, as a 999 says it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from models.documents.acknowledgement import ElementError, SegmentError
from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.explanations.segments import looks_like_tag
from revcycle.formats.x12.guides.library import guide_for
from revcycle.formats.x12.interchange import Transaction
from revcycle.formats.x12.segments import ABSENT, Delimiters, Segment

INTERCHANGE_TAGS: Final = frozenset({"ISA", "TA1", "IEA"})  # what TA1 speaks of
GROUP_TAGS: Final = frozenset({"GS", "GE"})  # what AK9 speaks of
TRANSACTION_TAGS: Final = frozenset({"ST", "SE"})  # what IK5 speaks of, not IK3
ENVELOPE_TAGS: Final = INTERCHANGE_TAGS | GROUP_TAGS | TRANSACTION_TAGS
ELEMENTS_IN_ERROR: Final = "8"  # IK304
UNIT_LENGTH_MAX: Final = 35  # CTX01-2


def is_reported(diagnostic: Diagnostic) -> bool:
    """Tell whether a 999 speaks of it.

    It speaks of the standard and of the guide. Balances and external codes are for a 277CA or a
    person: they are reported only where the diagnostic has a code of the 999.
    """
    is_syntax = Snip.STRUCTURE <= diagnostic.level <= Snip.GUIDE
    return diagnostic.severity is not Severity.INFO and bool(diagnostic.code or is_syntax)


def segment_errors(
    transaction: Transaction,
    diagnostics: Iterable[Diagnostic],
    delimiters: Delimiters,
    *,
    with_values: bool,
) -> tuple[SegmentError, ...]:
    """Write diagnostics as IK3 and IK4, in the order of the segments.

    Args:
        transaction: The transaction concerned.
        diagnostics: Those of its segments that are reported.
        delimiters: Of the file it came in.
        with_values: Repeat what stands in an element (IK404), which may be a patient's.
    """
    writer = _Writer(transaction, delimiters, with_values=with_values)
    ordered = sorted(diagnostics, key=lambda one: (one.segment, one.tag, one.element))
    return tuple(
        error
        for _, group in groupby(ordered, key=lambda one: (one.segment, one.tag))
        for error in writer.errors(list(group))
    )


class _Writer:
    def __init__(
        self, transaction: Transaction, delimiters: Delimiters, *, with_values: bool
    ) -> None:
        self._segments = transaction.segments
        self._delimiters = delimiters
        self._with_values = with_values
        self._guide = guide_for(transaction.kind, transaction.version)
        self._is_claims = transaction.kind == "837"

    def errors(self, diagnostics: Sequence[Diagnostic]) -> Iterator[SegmentError]:
        """Write what is wrong with one segment; those of its elements stand together."""
        first = diagnostics[0]
        if not looks_like_tag(first.tag):
            return
        loop, unit = first.loop, self._unit(first.segment)
        for code in dict.fromkeys(one.code for one in diagnostics if not one.element):
            yield SegmentError(first.tag, first.segment, loop, code or ELEMENTS_IN_ERROR, unit=unit)
        elements = dict.fromkeys(self._element(one) for one in diagnostics if one.element)
        if elements:
            said = tuple(element for element in elements if element.code)
            yield SegmentError(first.tag, first.segment, loop, ELEMENTS_IN_ERROR, said, unit)

    def _element(self, diagnostic: Diagnostic) -> ElementError:
        component = f"-{diagnostic.component}" if diagnostic.component else ""
        return ElementError(
            f"{diagnostic.element}{component}",
            diagnostic.code,
            self._reference(diagnostic),
            self._value(diagnostic) if self._with_values else "",
        )

    def _reference(self, diagnostic: Diagnostic) -> str:
        """Name the data element of the standard; a composite has no number."""
        known = self._guide.segments.get(diagnostic.tag, ()) if self._guide else ()
        at = diagnostic.element - 1
        number = known[at] if at < len(known) and not diagnostic.component else ""
        return number if number.isdigit() else ""

    def _value(self, diagnostic: Diagnostic) -> str:
        value = self._segment(diagnostic.segment).get(diagnostic.element)
        parts = value.split(self._delimiters.component)
        if 0 < diagnostic.component <= len(parts):
            value = parts[diagnostic.component - 1]
        return writable(value)

    def _segment(self, position: int) -> Segment:
        return self._segments[position - 1] if 0 < position <= len(self._segments) else ABSENT

    def _unit(self, position: int) -> tuple[str, str]:
        """Name the claim or trace that the segment belongs to, in the sender's own number."""
        tag, number = ("CLM", 1) if self._is_claims else ("TRN", 2)
        for segment in reversed(self._segments[: max(position, 0)]):
            if segment[0] == tag:
                value = writable(segment.get(number))
                is_short = len(value) <= UNIT_LENGTH_MAX
                return (f"{tag}{number:02d}", value) if value and is_short else ("", "")
            if segment[0] == "HL" and self._is_claims:
                break
        return "", ""


def writable(value: str) -> str:
    """Return a value that can be repeated in our own delimiters, otherwise nothing."""
    has_delimiters = not frozenset(Delimiters().all()).isdisjoint(value)
    return "" if has_delimiters or not value.isprintable() else value.strip()
