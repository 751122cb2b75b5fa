"""Notes a reader makes: values that could not be read, segments that were not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.documents.finding import Severity
from models.values.money import ZERO, Money
from revcycle.formats.x12.diagnostics import Diagnostic, Snip, element_and_component
from revcycle.formats.x12.elements import read_amount, read_date_range, read_quantity
from revcycle.formats.x12.interchange import Interchange, Transaction
from revcycle.formats.x12.loops import Loop
from revcycle.formats.x12.segments import Delimiters, Segment, split_components

QUALIFIER_LENGTH_MAX = 3


@dataclass(slots=True)
class Notes:
    """Reads elements of one transaction, never raises on data, and keeps what was wrong."""

    interchange: Interchange
    transaction: Transaction
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def delimiters(self) -> Delimiters:
        """The delimiters its composites are split by."""
        return self.interchange.delimiters

    def report(
        self,
        rule_id: str,
        segment: Segment,
        name: str,
        message: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Keep a diagnostic about a segment."""
        element, component = element_and_component(name)
        self.findings.append(
            Diagnostic(
                level=Snip.NOTE if severity is Severity.INFO else Snip.GUIDE,
                rule_id=rule_id,
                severity=severity,
                subject=name,
                message=message,
                interchange=self.interchange.control_number,
                transaction=self.transaction.control_number,
                kind=self.transaction.kind,
                segment=self.transaction.position_of(segment),
                tag=segment.tag,
                element=element,
                component=component,
            )
        )

    def unread(self, *loops: Loop) -> None:
        """Report what is left in loops after everything known was taken."""
        for loop in loops:
            self.unread_segments(loop.segments)

    def unread_segments(self, segments: Iterable[Segment]) -> None:
        """Report segments that carry something this reader does not keep."""
        for segment in segments:
            qualifier = segment.get(1)
            short = 0 < len(qualifier) <= QUALIFIER_LENGTH_MAX
            name = f"{segment.tag}*{qualifier}" if short else segment.tag
            message = "this segment is not kept in our record of the file"
            self.report("x12.segment_not_read", segment, name, message, Severity.INFO)

    def amount(self, segment: Segment, number: int) -> Money:
        """Read a required amount; zero when it cannot be read."""
        value = self.optional_amount(segment, number)
        if value is None:
            if not segment.get(number):
                self._bad(segment, number, "an amount is missing")
            return ZERO
        return value

    def optional_amount(self, segment: Segment, number: int) -> Money | None:
        """Read an amount that may be absent."""
        if not (text := segment.get(number)):
            return None
        try:
            return read_amount(text)
        except ValueError:
            self._bad(segment, number, "not an amount in whole cents")
            return None

    def quantity(self, segment: Segment, number: int) -> Decimal | None:
        """Read a quantity that may be absent."""
        if not (text := segment.get(number)):
            return None
        try:
            return read_quantity(text)
        except ValueError:
            self._bad(segment, number, "not a number")
            return None

    def date_range(self, segment: Segment, number: int = 3) -> tuple[date, date] | None:
        """Read a D8 date or RD8 range; element 03 of a DTP unless told otherwise."""
        if not (text := segment.get(number)):
            return None
        try:
            return read_date_range(text)
        except ValueError:
            self._bad(segment, number, "not a date of the calendar as CCYYMMDD")
            return None

    def date(self, segment: Segment, number: int = 3) -> date | None:
        """Read one date; the first of a range."""
        days = self.date_range(segment, number)
        return days[0] if days else None

    def components(self, segment: Segment, number: int) -> tuple[str, ...]:
        """Split a composite element."""
        return split_components(segment.get(number), self.delimiters)

    def _bad(self, segment: Segment, number: int, message: str) -> None:
        self.report("x12.bad_value", segment, f"{segment.tag}{number:02d}", message)


def component(parts: tuple[str, ...], number: int) -> str:
    """Return a component as the guides count them (from 1), or an empty string."""
    return parts[number - 1] if 0 < number <= len(parts) else ""
