"""Queries on the numbers by which payers name payments and themselves."""

from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.tables import Remittance
from models.values.money import Money


def find_payer_trace_id(session: Session, client_id: UUID, payer_id: str) -> str | None:
    """Find by which TRN03 the last remittance of a payer named it."""
    return session.exec(
        select(Remittance.payer_trace_id)
        .where(Remittance.client_id == client_id, Remittance.payer_id == payer_id)
        .order_by(col(Remittance.posted_at).desc(), col(Remittance.id).desc())
        .limit(1)
    ).first()


def remittance_of_number(
    session: Session, client_id: UUID, payer_id: str, number: str, amount: Money
) -> UUID | None:
    """Find a remittance of a number: of this payer, or of any with exactly this payment."""
    return session.exec(
        select(Remittance.id)
        .where(
            Remittance.client_id == client_id,
            Remittance.trace_number == number,
            or_(col(Remittance.payer_id) == payer_id, col(Remittance.amount) == amount),
        )
        .limit(1)
    ).first()
