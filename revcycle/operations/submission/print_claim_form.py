"""Picture a claim for its form on paper."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import ClaimDocument
from models.documents.practice import PracticeFacts
from revcycle.store import audit
from revcycle.store.claim_documents import claim_documents
from revcycle.store.claims import get_claim


def print_claim_form(
    session: Session, act: Act, claim_id: UUID, *, practice: PracticeFacts
) -> ClaimDocument:
    """Picture a claim for its form and write down that it was printed.

    Raises:
        NotFoundError: this practice has no such claim.
    """
    document = picture_for_paper(session, act.client_id, claim_id, practice=practice)
    audit.record_act(session, act.client_id, act, "print_claim_form", "claim", claim_id)
    return document


def picture_for_paper(
    session: Session, client_id: UUID, claim_id: UUID, *, practice: PracticeFacts
) -> ClaimDocument:
    """Picture a claim under its own number, which all its versions share and every box holds.

    A remittance that comes back with it finds the claim like one that names a version.

    Raises:
        NotFoundError: this practice has no such claim.
    """
    claim = get_claim(session, client_id, claim_id)
    document = claim_documents(session, client_id, [claim_id], practice=practice)[claim_id]
    return replace(document, control_number=claim.control_number)
