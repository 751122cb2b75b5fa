"""Reading a transaction: typed elements that say where they are, findings where one is not."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.documents.finding import Severity
from models.errors import RejectedError
from models.values.money import ZERO, Money
from revcycle.formats.x12.diagnostics import Diagnostic, Snip, element_and_component
from revcycle.formats.x12.elements import read_amount, read_date_range, read_quantity
from revcycle.formats.x12.interchange import Interchange, Transaction, read_interchanges
from revcycle.formats.x12.segments import Delimiters, NotX12Error, Segment, split_components

QUALIFIER_LENGTH_MAX = 3


class UnreadableError(RejectedError):
    """An element is missing or malformed, so that what it belongs to cannot be read."""

    def __init__(self, segment: Segment, number: int, problem: str) -> None:
        self.segment = segment
        self.element = f"{segment.tag}{number:02d}"
        self.problem = problem
        super().__init__(f"{self.element}: {problem}")


@dataclass(slots=True)
class Place:
    """One transaction of a file, and the findings that are made while it is read.

    Attributes:
        here: The position of the segment that ``walk`` gave last.
    """

    interchange: Interchange
    transaction: Transaction
    findings: list[Diagnostic] = field(default_factory=list)
    here: int = 0

    def walk(self) -> Iterator[Segment]:
        """Make the segments one by one; what is reported meanwhile is reported ``here``."""
        for here, one in enumerate(self.transaction.each(), start=1):
            self.here = here
            yield one

    @property
    def delimiters(self) -> Delimiters:
        """The delimiters its composites and repetitions are split by."""
        return self.interchange.delimiters

    def report(
        self,
        segment: Segment,
        rule_id: str,
        severity: Severity,
        subject: str,
        message: str,
        level: Snip = Snip.GUIDE,
        loop: str = "",
    ) -> None:
        """Add a diagnostic about a segment."""
        element, component = element_and_component(subject)
        self.findings.append(
            Diagnostic(
                level=level,
                rule_id=rule_id,
                severity=severity,
                subject=subject,
                message=message,
                interchange=self.interchange.control_number,
                transaction=self.transaction.control_number,
                kind=self.transaction.kind,
                loop=loop,
                segment=self.transaction.position_of(segment) or self.here,
                tag=segment.tag,
                element=element,
                component=component,
            )
        )

    def report_unreadable(self, error: UnreadableError, left_out: str) -> None:
        """Add the finding that something had to be left out."""
        self.report(
            error.segment,
            f"x12.{self.transaction.kind}_unreadable",
            Severity.ERROR,
            error.element,
            f"{error.problem}; {left_out} is left out",
        )

    def report_unread(self, segments: Iterable[Segment]) -> None:
        """Add a note for every segment that carries something the reader does not keep."""
        for one in segments:
            qualifier = one.get(1)
            short = 0 < len(qualifier) <= QUALIFIER_LENGTH_MAX
            name = f"{one.tag}*{qualifier}" if short else one.tag
            message = "this segment is not kept in our record of the file"
            self.report(one, "x12.segment_not_read", Severity.INFO, name, message, Snip.NOTE)

    def report_bad_value(self, segment: Segment, number: int, message: str) -> None:
        """Add the diagnostic that an element is not what it should be."""
        subject = f"{segment.tag}{number:02d}"
        self.report(segment, "x12.bad_value", Severity.ERROR, subject, message)

    def amount(self, segment: Segment, number: int) -> Money:
        """Read a required amount; zero, and a diagnostic, when it cannot be read."""
        if not segment.get(number):
            self.report_bad_value(segment, number, "an amount is missing")
            return ZERO
        return self.optional_amount(segment, number) or ZERO

    def optional_amount(self, segment: Segment, number: int) -> Money | None:
        """Read an amount that may be absent."""
        if not (text := segment.get(number)):
            return None
        try:
            return read_amount(text)
        except ValueError:
            self.report_bad_value(segment, number, "not an amount in whole cents")
            return None

    def quantity(self, segment: Segment, number: int) -> Decimal | None:
        """Read a quantity that may be absent."""
        if not (text := segment.get(number)):
            return None
        try:
            return read_quantity(text)
        except ValueError:
            self.report_bad_value(segment, number, "not a number")
            return None

    def date_range(self, segment: Segment, number: int = 3) -> tuple[date, date] | None:
        """Read a D8 date or RD8 range; element 03 of a DTP unless told otherwise."""
        if not (text := segment.get(number)):
            return None
        try:
            return read_date_range(text)
        except ValueError:
            message = "not a date of the calendar as CCYYMMDD"
            self.report_bad_value(segment, number, message)
            return None

    def date(self, segment: Segment, number: int = 3) -> date | None:
        """Read one date; the first of a range."""
        days = self.date_range(segment, number)
        return days[0] if days else None

    def components(self, segment: Segment, number: int) -> tuple[str, ...]:
        """Split a composite element."""
        return split_components(segment.get(number), self.delimiters)


def read_places(
    data: bytes, kind: str, findings: list[Diagnostic], versions: Collection[str] = ()
) -> Iterator[Place]:
    """Walk the transactions of one kind; whatever else the file holds is reported.

    Args:
        data: The file.
        kind: ST01.
        findings: What is noticed on the way, and the findings of each place once it was read.
        versions: How ST03 or GS08 must begin; empty accepts every version.
    """
    try:
        interchanges = read_interchanges(data)
    except NotX12Error as error:
        findings.append(
            Diagnostic(Snip.STRUCTURE, "x12.not_x12", Severity.ERROR, "ISA", str(error), tag="ISA")
        )
        return
    yield from places_of(interchanges, kind, findings, versions)


def places_of(
    interchanges: Iterable[Interchange],
    kind: str,
    findings: list[Diagnostic],
    versions: Collection[str] = (),
) -> Iterator[Place]:
    """Walk the transactions of one kind in a file that was taken apart already."""
    for interchange in interchanges:
        for transaction in interchange.transactions:
            place = Place(interchange, transaction, findings)
            if transaction.kind != kind or not _is_one_of(transaction.version, versions):
                _report_other(place, kind)
                continue
            if transaction.segments[-1].tag != "SE":
                _report_truncated(place)
            yield place


def _is_one_of(version: str, versions: Collection[str]) -> bool:
    return not versions or version.startswith(tuple(versions))


def _report_other(place: Place, kind: str) -> None:
    transaction = place.transaction
    message = f"{transaction.kind} {transaction.version} was not read as a {kind}".replace(
        "  ", " "
    )
    place.report(transaction.segments[0], "x12.other_transaction", Severity.WARNING, "ST", message)


def _report_truncated(place: Place) -> None:
    rule_id = f"x12.{place.transaction.kind}_truncated"
    message = "the transaction ends without SE: the file was cut off"
    place.report(place.transaction.segments[-1], rule_id, Severity.ERROR, "SE", message)


def amount(segment: Segment, number: int) -> Money:
    """Read a required amount."""
    try:
        return read_amount(segment.get(number))
    except ValueError as error:
        raise UnreadableError(segment, number, "not an amount in whole cents") from error


def optional_amount(segment: Segment, number: int) -> Money | None:
    """Read an amount that may be absent."""
    return amount(segment, number) if segment.get(number) else None


def quantity(segment: Segment, number: int) -> Decimal:
    """Read a required quantity."""
    try:
        return read_quantity(segment.get(number))
    except ValueError as error:
        raise UnreadableError(segment, number, "not a quantity") from error


def optional_quantity(segment: Segment, number: int) -> Decimal | None:
    """Read a quantity that may be absent."""
    return quantity(segment, number) if segment.get(number) else None


def period(segment: Segment) -> tuple[date, date]:
    """Read the D8 or RD8 period of a DTP segment."""
    try:
        return read_date_range(segment.get(3))
    except ValueError as error:
        raise UnreadableError(segment, 3, "neither a date nor a period") from error


def component(parts: tuple[str, ...], number: int) -> str:
    """Return a component as the guides count them (from 1), or an empty string."""
    return parts[number - 1] if 0 < number <= len(parts) else ""
