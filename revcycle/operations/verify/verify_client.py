"""Evaluate every invariant of one practice."""

from uuid import UUID

from sqlmodel import Session

from models.documents.invariant import InvariantResult
from revcycle.operations.verify.claims import check_claims
from revcycle.operations.verify.intake import check_intake
from revcycle.operations.verify.money import check_money
from revcycle.operations.verify.statements import check_statements


def verify_client(session: Session, client_id: UUID) -> tuple[InvariantResult, ...]:
    """Evaluate the invariants, those about input first and those about output last.

    Source:
        docs/reference/invariants.md names each by its id, which is also the name of its test.
    """
    return (
        *check_intake(session, client_id),
        *check_claims(session, client_id),
        *check_money(session, client_id),
        *check_statements(session, client_id),
    )
