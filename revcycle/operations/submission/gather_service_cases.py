"""Picture the services of claims as rules of coding judge them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.claim import ClaimDocument, ClaimForm, FrequencyCode
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import CodingCase
from models.tables import Claim, Encounter
from revcycle.operations.coding.gather_cases import gather_cases

PRIMARY = 1


def gather_service_cases(
    session: Session,
    client_id: UUID,
    claims: Sequence[Claim],
    documents: Mapping[UUID, ClaimDocument],
    rows: Mapping[UUID, Encounter],
    form: ClaimForm,
) -> dict[UUID, CodingCase]:
    """Map claims to their services with what is known of them.

    Claims to later payers are left out, which a first payer has judged already, and so are voids.

    Args:
        session: The database.
        client_id: The practice.
        claims: Its claims.
        documents: As they would be sent, by id.
        rows: Their encounters, by id.
        form: What the practice bills on.
    """
    judged = {
        claim.encounter_id: claim.id
        for claim in claims
        if claim.payer_rank == PRIMARY
        and documents[claim.id].lines
        and documents[claim.id].frequency_code is not FrequencyCode.VOID
    }
    wanted = {one: to_coding(documents[claim_id]) for one, claim_id in judged.items()}
    cases = gather_cases(session, client_id, [rows[one] for one in judged], wanted, form)
    return {judged[one]: case for one, case in cases.items()}


def to_coding(claim: ClaimDocument) -> CodingDocument:
    """Read the services of a claim as the coding that they are."""
    services = tuple(
        CodedService(
            procedure_code=line.procedure_code,
            diagnosis_pointers=line.diagnosis_pointers,
            modifiers=line.modifiers,
            units=line.units,
            service_date=line.service_date,
            revenue_code=line.revenue_code,
        )
        for line in claim.lines
    )
    return CodingDocument(claim.diagnoses, services, claim.first_service_date)
