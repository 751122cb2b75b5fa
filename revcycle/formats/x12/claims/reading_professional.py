"""One professional claim, read (837P)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.documents.claim import ClaimDocument, ClaimDocumentLine, ClaimForm
from models.documents.finding import Severity
from revcycle.formats.x12.claims.reading_batches import (
    ClaimLoops,
    Frame,
    read_claim_frame,
)
from revcycle.formats.x12.claims.reading_parties import (
    read_provider,
)
from revcycle.formats.x12.claims.reading_parts import (
    read_frequency,
)
from revcycle.formats.x12.claims.reading_procedures import (
    read_procedure,
)
from revcycle.formats.x12.loops import Loop, loop_of
from revcycle.formats.x12.notes import Notes, component
from revcycle.formats.x12.segments import Segment


def read_professional_claim(frame: Frame, loops: ClaimLoops, notes: Notes) -> ClaimDocument:
    """Read loop 2300 and everything below it."""
    claim = read_claim_frame(frame, loops, ClaimForm.PROFESSIONAL, _read_line, notes)
    place = notes.components(loops.header, 5)
    claim = replace(
        claim,
        place_of_service=component(place, 1),
        frequency_code=read_frequency(component(place, 3)),
        referring_provider=read_provider(loop_of(loops.names, "DN"), notes),
        rendering_provider=read_provider(loop_of(loops.names, "82"), notes),
        patient_paid=notes.optional_amount(loops.claim.take("AMT", "F5"), 2),
    )
    notes.unread(loops.claim, *loops.names)
    return claim


def _read_line(loop: Loop, number: int, fallback: date, notes: Notes) -> ClaimDocumentLine:
    service = loop.take("SV1")
    code, modifiers = read_procedure(service, 1, notes)
    if service.get(3) not in {"", "UN"}:
        message = "the unit is not UN and is not kept"
        notes.report("x12.unit_not_read", service, "SV103", message, Severity.WARNING)
    return ClaimDocumentLine(
        number=number,
        procedure_code=code,
        service_date=fallback,
        charge=notes.amount(service, 2),
        modifiers=modifiers,
        units=notes.quantity(service, 4) or Decimal(0),
        diagnosis_pointers=_read_pointers(service, notes),
        place_of_service=service.get(5),
    )


def _read_pointers(service: Segment, notes: Notes) -> tuple[int, ...]:
    pointers = [text for text in notes.components(service, 7) if text]
    read = tuple(int(text) for text in pointers if text.isascii() and text.isdigit())
    if len(read) != len(pointers):
        notes.report("x12.bad_value", service, "SV107", "not a diagnosis pointer")
    return read
