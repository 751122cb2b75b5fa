"""One institutional claim, CLM to its last line, written (837I)."""

from collections.abc import Iterator

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    FrequencyCode,
    InstitutionalDetail,
)
from models.errors import RejectedError
from revcycle.formats.x12.claims.writing_coordination import (
    write_line_adjudications,
    write_other_payers,
)
from revcycle.formats.x12.claims.writing_parties import (
    write_provider_name,
    write_taxonomy,
)
from revcycle.formats.x12.claims.writing_parts import (
    write_diagnosis,
    write_facility,
    write_other_diagnoses,
    write_references,
)
from revcycle.formats.x12.claims.writing_procedures import (
    write_line_number,
    write_procedure,
    write_service_date,
)
from revcycle.formats.x12.elements import (
    identifier,
    write_amount,
    write_date,
    write_date_range,
    write_quantity,
)
from revcycle.formats.x12.segments import Segment, composite, segment

BILL_TYPE_LENGTH = 4


def write_institutional_claim(claim: ClaimDocument) -> Iterator[Segment]:
    """Write loop 2300 and everything below it."""
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
