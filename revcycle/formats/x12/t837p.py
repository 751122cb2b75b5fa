"""837P (005010X222A1): professional claims, both ways.

``read_claims(write_claims(batch, envelope))`` gives ``batch.claims`` back when they are in
canonical form: text as ``elements.clean`` leaves it; patient and subscriber equal when the
relationship is 18, else a subscriber with a name only (the guide forbids more); no rendering
provider who is the billing provider; every line with its own control number.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.documents.claim import ClaimBatchDocument, ClaimDocument, ClaimDocumentLine, ClaimForm
from models.documents.finding import Finding, Severity
from revcycle.formats.x12.claim_limits import ClaimLimits
from revcycle.formats.x12.claim_parties import read_provider, write_provider_name, write_taxonomy
from revcycle.formats.x12.claim_parts import (
    read_frequency,
    write_diagnosis,
    write_facility,
    write_references,
)
from revcycle.formats.x12.claim_reader import (
    ClaimLoops,
    Frame,
    claims_of,
    read_claim_frame,
)
from revcycle.formats.x12.claim_reader import read_batches as read_batches_of_form
from revcycle.formats.x12.claim_tree import ClaimLayout, write_batch
from revcycle.formats.x12.coordination import write_line_adjudications, write_other_payers
from revcycle.formats.x12.elements import identifier, write_amount, write_quantity
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.loops import Loop, loop_of
from revcycle.formats.x12.notes import Notes, component
from revcycle.formats.x12.procedures import (
    read_procedure,
    write_line_number,
    write_procedure,
    write_service_date,
)
from revcycle.formats.x12.segments import Segment, composite, segment

VERSION = "005010X222A1"
LIMITS = ClaimLimits(lines=50, diagnoses=12, needs_pointers=True)


def write_claims(batch: ClaimBatchDocument, envelope: Envelope) -> bytes:
    """Write a batch of professional claims as one interchange.

    Raises:
        ClaimRefusedError: one claim cannot be written; it is named.
        RejectedError: the batch is empty, or its sender or billing provider is incomplete.
    """
    return write_batch(batch, envelope, ClaimLayout(VERSION, LIMITS, _write_claim))


def read_batches(data: bytes) -> tuple[tuple[ClaimBatchDocument, ...], tuple[Finding, ...]]:
    """Read every professional transaction of a file, with its sender and receiver."""
    return read_batches_of_form(data, ClaimForm.PROFESSIONAL, _read_claim)


def read_claims(data: bytes) -> tuple[tuple[ClaimDocument, ...], tuple[Finding, ...]]:
    """Read every professional claim of a file; what is not understood becomes a finding.

    Raises:
        NotX12Error: there is no ISA.
    """
    batches, findings = read_batches(data)
    return claims_of(batches), findings


def _write_claim(claim: ClaimDocument) -> Iterator[Segment]:
    yield _write_header(claim)
    if claim.patient_paid is not None:
        yield segment("AMT", "F5", write_amount(claim.patient_paid))
    yield from write_references(claim)
    qualifiers = ("ABK", *["ABF"] * (len(claim.diagnoses) - 1))
    yield segment("HI", *map(write_diagnosis, qualifiers, claim.diagnoses))
    yield from _write_providers(claim)
    yield from write_other_payers(claim)
    for line in claim.lines:
        yield from _write_line(claim, line)


def _write_header(claim: ClaimDocument) -> Segment:
    place = identifier(claim.place_of_service, field="place of service", limit=2)
    return segment(
        "CLM",
        claim.control_number,
        write_amount(claim.charge_total),
        "",
        "",
        composite(place, "B", claim.frequency_code),
        "Y",  # CLM06 signature on file
        "A" if claim.accepts_assignment else "C",
        "Y",  # CLM08 benefits assigned
        "Y",  # CLM09 release of information
    )


def _write_providers(claim: ClaimDocument) -> Iterator[Segment]:
    if claim.referring_provider is not None:
        yield write_provider_name("DN", claim.referring_provider)
    rendering = claim.rendering_provider
    if rendering is not None and rendering.npi != claim.billing_provider.npi:
        yield write_provider_name("82", rendering)
        yield from write_taxonomy("PE", rendering.taxonomy)
    if claim.service_facility is not None:
        yield from write_facility(claim.service_facility)


def _write_line(claim: ClaimDocument, line: ClaimDocumentLine) -> Iterator[Segment]:
    elsewhere = line.place_of_service != claim.place_of_service
    yield segment("LX", str(line.number))
    yield segment(
        "SV1",
        write_procedure(line) or identifier("", field="procedure code", limit=5),
        write_amount(line.charge),
        "UN",
        write_quantity(line.units),
        line.place_of_service if elsewhere else "",
        "",
        composite(*(str(pointer) for pointer in line.diagnosis_pointers)),
    )
    yield write_service_date(line)
    yield from write_line_number(claim.control_number, line)
    yield from write_line_adjudications(line)


def _read_claim(frame: Frame, loops: ClaimLoops, notes: Notes) -> ClaimDocument:
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
