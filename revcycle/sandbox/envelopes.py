"""Is what came well-formed? The notes of a TA1 and the verdicts of a 999."""

from collections.abc import Iterable, Sequence
from typing import Final

from models.documents.acknowledgement import (
    FunctionalAcknowledgement,
    SegmentError,
    TransactionAcknowledgement,
)
from models.documents.finding import Severity
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.checks.envelope import ISA_WIDTHS
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Group, Interchange, Transaction, render
from revcycle.formats.x12.segments import segment

NO_TRAILER: Final = "023"  # improper end of file
OTHER_NUMBER: Final = "001"  # IEA02 is not ISA13
WRONG_COUNT: Final = "021"  # number of groups
WRONG_CONTENT: Final = "024"  # invalid interchange content
DUPLICATE_NUMBER: Final = "025"
DATA_ERRORS: Final = "8"  # IK304: the segment has data element errors
ERRORS_MAX: Final = 20  # of one transaction; the first ones are enough to go on


def envelope_note(interchange: Interchange) -> str:
    """Return why an interchange is refused (TA105), or an empty text.

    Source:
        X12.5, interchange acknowledgement.
    """
    trailer = interchange.trailer
    if trailer is None:
        return NO_TRAILER
    if trailer.get(2) != interchange.control_number:
        return OTHER_NUMBER
    if trailer.get(1) != str(len(interchange.groups)):
        return WRONG_COUNT
    widths = tuple(map(len, interchange.header.elements))
    strays = any(segment.tag != "TA1" for segment in interchange.loose)
    return WRONG_CONTENT if strays or widths != ISA_WIDTHS else ""


def is_group_whole(group: Group) -> bool:
    """Tell whether a group ends, and holds what its trailer says."""
    trailer = group.trailer
    return (
        trailer is not None
        and trailer.get(2) == group.control_number
        and trailer.get(1) == str(len(group.transactions))
    )


def alone(interchange: Interchange, group: Group, transaction: Transaction) -> bytes:
    """Write one transaction as it came, as the only one of its interchange."""
    number = interchange.control_number
    segments = [
        interchange.header,
        group.header,
        *transaction.segments,
        segment("GE", "1", group.control_number),
        segment("IEA", "1", number),
    ]
    return render(segments, interchange.delimiters)


def structure_errors(data: bytes) -> tuple[Diagnostic, ...]:
    """Return what makes a transaction unacceptable."""
    return errors_of(check_file(data))


def errors_of(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out what is only worth a remark."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def transaction_verdict(
    transaction: Transaction, errors: Sequence[Diagnostic], *, is_refused: bool
) -> TransactionAcknowledgement:
    """Say of a transaction that it passed, or where it did not."""
    places = {error.segment: None for error in errors if error.segment}
    return TransactionAcknowledgement(
        transaction_kind=transaction.kind,
        control_number=transaction.control_number,
        code="R" if is_refused else "A",
        errors=tuple(
            SegmentError(transaction.segments[position - 1].tag, position, "", DATA_ERRORS)
            for position in list(places)[:ERRORS_MAX]
            if position <= len(transaction.segments)
        ),
    )


def group_verdict(
    group: Group, verdicts: Sequence[TransactionAcknowledgement]
) -> FunctionalAcknowledgement:
    """Sum up a group: all passed, some, or none."""
    accepted = sum(not verdict.is_rejected for verdict in verdicts)
    included = group.trailer.get(1) if group.trailer else ""
    code = "A" if accepted == len(verdicts) else "P" if accepted else "R"
    return FunctionalAcknowledgement(
        functional_code=group.functional_code,
        group_control_number=group.control_number,
        version=group.version,
        code=code if verdicts else "R",
        included=int(included) if included.isascii() and included.isdigit() else len(verdicts),
        received=len(verdicts),
        accepted=accepted,
        transactions=tuple(verdicts),
    )
