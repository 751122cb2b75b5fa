"""TA1: was the interchange itself taken, both ways."""

from models.documents.acknowledgement import InterchangeAcknowledgement
from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import (
    Envelope,
    Interchange,
    read_interchanges,
    write_loose_segments,
)
from revcycle.formats.x12.segments import Segment, segment

CONTROL_NUMBER_LENGTH = 9
CODES = frozenset({"A", "E", "R"})


def acknowledge(of: Interchange, code: str, note_code: str = "000") -> InterchangeAcknowledgement:
    """Make the acknowledgement of an interchange that was read."""
    return InterchangeAcknowledgement(of.control_number, code, note_code)


def write_interchange_acknowledgement(
    ack: InterchangeAcknowledgement, envelope: Envelope, of: Interchange
) -> bytes:
    """Write an interchange that holds one TA1 and no group (IEA01 is 0).

    Args:
        ack: The verdict.
        envelope: Who says so; its control number is that of the new interchange.
        of: The interchange it speaks of: its number, date and time are echoed.
    """
    day, time = of.header.get(9), of.header.get(10)
    written = segment("TA1", ack.control_number, day, time, ack.code, ack.note_code)
    return write_loose_segments(envelope, [written])


def read_interchange_acknowledgements(
    data: bytes,
) -> tuple[tuple[InterchangeAcknowledgement, ...], tuple[Diagnostic, ...]]:
    """Read every TA1 of a file, with or without groups around it.

    Raises:
        NotX12Error: there is no ISA.
    """
    acks: list[InterchangeAcknowledgement] = []
    findings: list[Diagnostic] = []
    for interchange in read_interchanges(data):
        for part in interchange.loose:
            if part.tag == "TA1" and part.get(4) in CODES:
                acks.append(_read(part))
            else:
                findings.append(_unread(part))
    return tuple(acks), tuple(findings)


def _read(part: Segment) -> InterchangeAcknowledgement:
    """Some senders leave the zeros of TA101 out, so they are put back."""
    control_number = part.get(1).zfill(CONTROL_NUMBER_LENGTH)
    return InterchangeAcknowledgement(control_number, part.get(4), part.get(5) or "000")


def _unread(part: Segment) -> Diagnostic:
    if part.tag == "TA1":
        message = "TA104 is not one of A, E, R"
        return Diagnostic(
            Snip.GUIDE, "x12.bad_value", Severity.ERROR, "TA104", message, tag="TA1", element=4
        )
    message = "this segment stands outside any group"
    return Diagnostic(
        Snip.NOTE, "x12.segment_not_read", Severity.WARNING, part.tag, message, tag=part.tag
    )
