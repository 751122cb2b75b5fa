"""One professional claim, CLM to its last line, written (837P)."""

from collections.abc import Iterator

from models.documents.claim import ClaimDocument, ClaimDocumentLine
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
    write_references,
)
from revcycle.formats.x12.claims.writing_procedures import (
    write_line_number,
    write_procedure,
    write_service_date,
)
from revcycle.formats.x12.elements import identifier, write_amount, write_quantity
from revcycle.formats.x12.segments import Segment, composite, segment


def write_professional_claim(claim: ClaimDocument) -> Iterator[Segment]:
    """Write loop 2300 and everything below it."""
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
