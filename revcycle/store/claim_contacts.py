"""Queries on calls about claims."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from models.tables import ClaimContact


def list_contacts(session: Session, client_id: UUID, claim_id: UUID) -> Sequence[ClaimContact]:
    """List every call about one claim and every decision to wait, the latest first."""
    return session.exec(
        select(ClaimContact)
        .where(ClaimContact.client_id == client_id, ClaimContact.claim_id == claim_id)
        .order_by(col(ClaimContact.at).desc(), col(ClaimContact.id).desc())
    ).all()
