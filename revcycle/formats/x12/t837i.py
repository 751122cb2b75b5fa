"""837I (005010X223A2): institutional claims, both ways.

``read_claims(write_claims(batch, envelope))`` gives ``batch.claims`` back when they are in
canonical form (see ``t837p``) and hold what this form has room for: no diagnosis pointers, no
amount paid by the patient, no taxonomy but the attending provider's, and a bill type whose last
digit is the frequency.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.documents.claim import (
    ClaimBatchDocument,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    FrequencyCode,
    InstitutionalDetail,
)
from models.documents.finding import Finding, Severity
from models.errors import RejectedError
from revcycle.formats.x12.claim_limits import ClaimLimits
from revcycle.formats.x12.claim_parties import read_provider, write_provider_name, write_taxonomy
from revcycle.formats.x12.claim_parts import (
    read_frequency,
    write_diagnosis,
    write_facility,
    write_other_diagnoses,
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
from revcycle.formats.x12.elements import (
    identifier,
    write_amount,
    write_date,
    write_date_range,
    write_quantity,
)
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

VERSION = "005010X223A2"
LIMITS = ClaimLimits(lines=999, diagnoses=25, needs_pointers=False)
BILL_TYPE_LENGTH = 4


def write_claims(batch: ClaimBatchDocument, envelope: Envelope) -> bytes:
    """Write a batch of institutional claims as one interchange.

    Raises:
        ClaimRefusedError: one claim cannot be written; it is named.
        RejectedError: the batch is empty, or its sender or billing provider is incomplete.
    """
    return write_batch(batch, envelope, ClaimLayout(VERSION, LIMITS, _write_claim))


def read_batches(data: bytes) -> tuple[tuple[ClaimBatchDocument, ...], tuple[Finding, ...]]:
    """Read every institutional transaction of a file, with its sender and receiver."""
    return read_batches_of_form(data, ClaimForm.INSTITUTIONAL, _read_claim)


def read_claims(data: bytes) -> tuple[tuple[ClaimDocument, ...], tuple[Finding, ...]]:
    """Read every institutional claim of a file; what is not understood becomes a finding.

    Raises:
        NotX12Error: there is no ISA.
    """
    batches, findings = read_batches(data)
    return claims_of(batches), findings


def _write_claim(claim: ClaimDocument) -> Iterator[Segment]:
    detail = claim.institutional
    if detail is None:
        msg = "an institutional claim needs bill type, admission and patient status"
        raise RejectedError(msg)
    yield _write_header(claim, detail)
    period = write_date_range(claim.first_service_date, claim.last_service_date)
    yield segment("DTP", "434", "RD8", period)
    if detail.admitted_on is not None:
        yield segment("DTP", "435", "D8", write_date(detail.admitted_on))
    yield segment("CL1", detail.admission_type, detail.admission_source, detail.patient_status)
    yield from write_references(claim)
    yield segment("HI", write_diagnosis("ABK", claim.diagnoses[0]))
    yield from write_other_diagnoses(claim.diagnoses[1:])
    yield from _write_providers(claim, detail)
    yield from write_other_payers(claim)
    for line in claim.lines:
        yield from _write_line(claim, line)


def _write_header(claim: ClaimDocument, detail: InstitutionalDetail) -> Segment:
    bill_type = detail.bill_type
    if len(bill_type) != BILL_TYPE_LENGTH or not (bill_type.isascii() and bill_type.isalnum()):
        msg = "the bill type must have four characters"
        raise RejectedError(msg)
    original = claim.frequency_code is FrequencyCode.ORIGINAL
    frequency = bill_type[3] if original else claim.frequency_code
    return segment(
        "CLM",
        claim.control_number,
        write_amount(claim.charge_total),
        "",
        "",
        composite(bill_type[1:3], "A", frequency),
        "",
        "A" if claim.accepts_assignment else "C",
        "Y",  # CLM08 benefits assigned
        "Y",  # CLM09 release of information
    )


def _write_providers(claim: ClaimDocument, detail: InstitutionalDetail) -> Iterator[Segment]:
    attending, rendering = detail.attending_provider, claim.rendering_provider
    if attending is not None:
        yield write_provider_name("71", attending)
        yield from write_taxonomy("AT", attending.taxonomy)
    if rendering is not None and (attending is None or rendering.npi != attending.npi):
        yield write_provider_name("82", rendering)
    if claim.service_facility is not None:
        yield from write_facility(claim.service_facility)
    if claim.referring_provider is not None:
        yield write_provider_name("DN", claim.referring_provider)


def _write_line(claim: ClaimDocument, line: ClaimDocumentLine) -> Iterator[Segment]:
    yield segment("LX", str(line.number))
    yield segment(
        "SV2",
        identifier(line.revenue_code, field="revenue code", limit=4),
        write_procedure(line),
        write_amount(line.charge),
        "UN",
        write_quantity(line.units),
    )
    yield write_service_date(line)
    yield from write_line_number(claim.control_number, line)
    yield from write_line_adjudications(line)


def _read_claim(frame: Frame, loops: ClaimLoops, notes: Notes) -> ClaimDocument:
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
    day = written._replace(elements=(*written.elements[:2], written.get(3)[:8]))
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
