"""One institutional claim, read (837I)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    InstitutionalDetail,
)
from models.documents.finding import Severity
from revcycle.formats.x12.claims.reading_batches import (
    ClaimLoops,
    Frame,
    read_claim_frame,
)
from revcycle.formats.x12.claims.reading_parties import read_provider
from revcycle.formats.x12.claims.reading_parts import (
    read_frequency,
)
from revcycle.formats.x12.claims.reading_procedures import (
    read_procedure,
)
from revcycle.formats.x12.loops import Loop, loop_of
from revcycle.formats.x12.notes import Notes, component
from revcycle.formats.x12.segments import Segment, segment


def read_institutional_claim(frame: Frame, loops: ClaimLoops, notes: Notes) -> ClaimDocument:
    """Read loop 2300 and everything below it."""
    claim = read_claim_frame(frame, loops, ClaimForm.INSTITUTIONAL, _read_line, notes)
    bill_type = notes.components(loops.header, 5)
    codes = loops.claim.take("CL1")
    claim = replace(
        claim,
        frequency_code=read_frequency(component(bill_type, 3)),
        referring_provider=read_provider(loop_of(loops.names, "DN"), notes),
        rendering_provider=read_provider(loop_of(loops.names, "82"), notes),
        institutional=InstitutionalDetail(
            bill_type=f"0{component(bill_type, 1)}{component(bill_type, 3)}",
            admission_type=codes.get(1),
            admission_source=codes.get(2),
            patient_status=codes.get(3),
            admitted_on=_read_admission(loops.claim.take("DTP", "435"), notes),
            attending_provider=read_provider(loop_of(loops.names, "71"), notes, "AT"),
        ),
    )
    notes.unread(loops.claim, *loops.names)
    return claim


def _read_admission(written: Segment, notes: Notes) -> date | None:
    """Read DTP*435; a DT value has hours and minutes behind its date."""
    day = segment("DTP", written.get(1), written.get(2), written.get(3)[:8])
    return notes.date(day if written.get(2) == "DT" else written)


def _read_line(loop: Loop, number: int, fallback: date, notes: Notes) -> ClaimDocumentLine:
    service = loop.take("SV2")
    code, modifiers = read_procedure(service, 2, notes)
    if service.get(4) not in {"", "UN"}:
        message = "the unit is not UN and is not kept"
        notes.report("x12.unit_not_read", service, "SV204", message, Severity.WARNING)
    return ClaimDocumentLine(
        number=number,
        procedure_code=code,
        service_date=fallback,
        charge=notes.amount(service, 3),
        modifiers=modifiers,
        units=notes.quantity(service, 5) or Decimal(0),
        revenue_code=service.get(1),
    )
