"""Parts of loops 2300 and 2310 that both forms share, written."""

from models.documents.claim import ClaimDocument
from models.documents.party import Organization, Provider, Reference
from revcycle.formats.x12.claims.writing_details import Order, put_sorted_references
from revcycle.formats.x12.claims.writing_names import (
    put_contacts,
    put_number,
    put_organization,
    put_provider,
    put_references,
)
from revcycle.formats.x12.claims.writing_pen import Pen


def put_claim_references(pen: Pen, claim: ClaimDocument, order: Order) -> None:
    """REF of a claim: those with a field of their own, and the others at their places."""
    others = claim.supplement.references
    if not others:
        if claim.referral_number:
            put_number(pen, "9F", claim.referral_number, "referral number")
        if claim.prior_authorization:
            put_number(pen, "G1", claim.prior_authorization, "prior authorization")
        if claim.original_reference:
            put_number(pen, "F8", claim.original_reference, "original reference")
        return
    own = (
        Reference("9F", claim.referral_number),
        Reference("G1", claim.prior_authorization),
        Reference("F8", claim.original_reference),
    )
    numbers = [*(one for one in own if one.value), *others]
    put_sorted_references(pen, numbers, order, "claim")


def assignment_of(pen: Pen, claim: ClaimDocument) -> str:
    """CLM07: A assigned, C not, B for laboratory services only."""
    said = claim.supplement.assignment_code
    if said is not None:
        return pen.optional_code(said, 1, "assignment of benefits")
    return "A" if claim.accepts_assignment else "C"


def put_optional_provider(
    pen: Pen, code: str, provider: Provider | None, owner: str, taxonomy_code: str = ""
) -> None:
    """Write a provider loop where there is a provider."""
    if provider is not None:
        put_provider(pen, code, provider, owner, taxonomy_code=taxonomy_code)


def put_facility(pen: Pen, facility: Organization | None) -> None:
    """NM1*77 with its address, numbers and contact."""
    if facility is not None:
        put_organization(pen, "77", facility, "service facility")
        put_number(pen, "EI", facility.tax_id, "service facility tax id")
        put_references(pen, facility.references, "service facility")
        put_contacts(pen, facility, "service facility", required=False)
