"""276, 277 and 277CA, written level by level."""

from models.documents.acknowledgement import (
    StatusDocument,
    StatusLevel,
    StatusLine,
    TracedStatus,
)
from revcycle.formats.x12.inquiries.headers import write_header
from revcycle.formats.x12.inquiries.loops import with_kept
from revcycle.formats.x12.inquiries.party_codecs import (
    AMOUNT,
    DATE,
    QUANTITY,
    REFERENCE,
    TRACE,
    write_demographics,
    write_party,
)
from revcycle.formats.x12.inquiries.status_codecs import LINE, REPORT
from revcycle.formats.x12.inquiries.status_reading import LOWEST
from revcycle.formats.x12.inquiries.trees import write_levels
from revcycle.formats.x12.segments import Segment

TRACED_ORDER = ("TRN", "STC", "REF", "QTY", "AMT", "DTP")
LINE_ORDER = ("SVC", "STC", "REF", "DTP")


def status_segments(document: StatusDocument, structure: str) -> list[Segment]:
    """Write everything between ST and SE; ``structure`` is BHT01 of the guide."""
    head = write_header(document.header, structure, document.kept)
    return [*head, *write_levels(document.levels, _level, LOWEST)]


def _level(level: StatusLevel) -> list[Segment]:
    kept = [one for one in level.kept if one.elements[0] != "HL"]
    born = list(write_demographics(level.birth_date, level.sex))
    return [
        *with_kept(born, kept, ("DMG",)),  # behind a name it would be of the name
        *(one for party in level.parties for one in write_party(party)),
        *(one for traced in level.traced for one in _traced(traced)),
    ]


def _traced(status: TracedStatus) -> list[Segment]:
    head = [
        *([TRACE.write(status.trace)] if status.trace else []),
        *map(REPORT.write, status.reports),
        *map(REFERENCE.write, status.references),
        *map(QUANTITY.write, status.quantities),
        *map(AMOUNT.write, status.amounts),
        *map(DATE.write, status.dates),
    ]
    lines = (one for line in status.lines for one in _line(line))
    return [*with_kept(head, status.kept, TRACED_ORDER), *lines]


def _line(line: StatusLine) -> list[Segment]:
    written = [
        LINE.write(line),
        *map(REPORT.write, line.reports),
        *map(REFERENCE.write, line.references),
        *map(DATE.write, line.dates),
    ]
    return with_kept(written, line.kept, LINE_ORDER)
