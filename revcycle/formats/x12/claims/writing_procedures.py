"""Procedure composites and what both forms write on a service line."""

from collections.abc import Iterator
from datetime import date

from models.documents.claim import ClaimDocumentLine
from revcycle.formats.x12.elements import identifier, write_date, write_date_range
from revcycle.formats.x12.segments import Segment, composite, segment


def write_procedure(line: ClaimDocumentLine) -> str:
    """Write HC, code and modifiers; nothing where the line has no procedure."""
    if not line.procedure_code:
        return ""
    code = identifier(line.procedure_code, field="procedure code", limit=48)
    modifiers = (identifier(modifier, field="modifier", limit=2) for modifier in line.modifiers)
    return composite("HC", code, *modifiers)


def write_service_date(line: ClaimDocumentLine) -> Segment:
    """DTP*472 of a line."""
    return write_service_period(line.service_date, line.service_end_date)


def write_service_period(first: date, last: date | None) -> Segment:
    """DTP*472: a range only where the end differs from the start or is given."""
    if last is None:
        return segment("DTP", "472", "D8", write_date(first))
    return segment("DTP", "472", "RD8", write_date_range(first, last))


def write_line_number(control_number: str, line: ClaimDocumentLine) -> Iterator[Segment]:
    """REF*6R, always: it comes back in the 835 and finds the line."""
    number = line.line_control_number or f"{control_number}-{line.number}"
    yield segment("REF", "6R", identifier(number, field="line control number", limit=30))
