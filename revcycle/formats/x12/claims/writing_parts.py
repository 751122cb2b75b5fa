"""Parts of loop 2300 that both forms share, written."""

from collections.abc import Iterator, Sequence

from models.documents.claim import ClaimDocument
from models.documents.party import Organization
from models.errors import RejectedError
from revcycle.formats.x12.claims.writing_parties import (
    checked_npi,
    write_business_address,
    write_organization_name,
)
from revcycle.formats.x12.elements import clean, identifier
from revcycle.formats.x12.segments import Segment, composite, segment

DIAGNOSES_PER_SEGMENT = 12


def write_references(claim: ClaimDocument) -> Iterator[Segment]:
    """REF: referral, prior authorization, and the payer's number of the claim corrected."""
    if claim.referral_number:
        number = clean(claim.referral_number, field="referral number", limit=50)
        yield segment("REF", "9F", number)
    if claim.prior_authorization:
        number = clean(claim.prior_authorization, field="prior authorization", limit=50)
        yield segment("REF", "G1", number)
    if claim.original_reference:
        number = identifier(claim.original_reference, field="original reference", limit=50)
        yield segment("REF", "F8", number)


def write_diagnosis(qualifier: str, code: str) -> str:
    """Write one composite of an HI segment.

    Raises:
        RejectedError: the code has a dot, or is not one.
    """
    if not (code.isascii() and code.isalnum()):
        msg = "a diagnosis code is written without its dot"
        raise RejectedError(msg)
    return composite(qualifier, code)


def write_other_diagnoses(codes: Sequence[str]) -> Iterator[Segment]:
    """HI*ABF on its own, twelve codes a segment (837I)."""
    for start in range(0, len(codes), DIAGNOSES_PER_SEGMENT):
        part = codes[start : start + DIAGNOSES_PER_SEGMENT]
        yield segment("HI", *(write_diagnosis("ABF", code) for code in part))


def write_facility(facility: Organization) -> Iterator[Segment]:
    """NM1*77 with its address."""
    npi = checked_npi(facility.npi, "service facility") if facility.npi else ""
    yield write_organization_name("77", facility.name, "XX", npi)
    yield from write_business_address(facility.address, "service facility")
