"""Queries on payment variances: those that stand, and what became of them."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.documents.contract import LineDifference
from models.errors import NotFoundError
from models.states.variance import STANDING_VARIANCE_STATES
from models.tables import Variance, VarianceLine
from revcycle.store.ledger import in_chunks

ARITHMETIC_LENGTH = 400


def get_variance(session: Session, client_id: UUID, variance_id: UUID) -> Variance:
    """Load and lock one variance.

    Raises:
        NotFoundError: this practice has no such variance.
    """
    row = session.exec(
        select(Variance)
        .where(Variance.client_id == client_id, Variance.id == variance_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no variance {variance_id}"
        raise NotFoundError(msg)
    return row


def find_standing(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> dict[UUID, Variance]:
    """Map claims to the variance of each that is open or disputed; lock them."""
    return {
        row.claim_id: row
        for ids in in_chunks(claim_ids)
        for row in session.exec(
            select(Variance)
            .where(
                Variance.client_id == client_id,
                col(Variance.claim_id).in_(ids),
                col(Variance.state).in_(STANDING_VARIANCE_STATES),
            )
            .with_for_update()
        )
    }


def find_of_decisions(
    session: Session, client_id: UUID, decision_ids: Collection[UUID]
) -> dict[UUID, Variance]:
    """Map decisions to the variance that each opened; lock them."""
    return {
        row.remittance_claim_id: row
        for ids in in_chunks(decision_ids)
        for row in session.exec(
            select(Variance)
            .where(Variance.client_id == client_id, col(Variance.remittance_claim_id).in_(ids))
            .with_for_update()
        )
    }


def replace_lines(
    session: Session, client_id: UUID, lines: Mapping[UUID, Sequence[LineDifference]]
) -> None:
    """Put these lines in the place of those that the variances had, all in a few statements."""
    for ids in in_chunks(lines):
        session.execute(
            delete(VarianceLine).where(
                col(VarianceLine.client_id) == client_id, col(VarianceLine.variance_id).in_(ids)
            )
        )
    session.add_all(
        VarianceLine(
            client_id=client_id,
            variance_id=variance_id,
            ordinal=ordinal,
            claim_line_id=line.claim_line_id,
            expected=line.expected,
            allowed=line.allowed,
            reason=line.reason,
            arithmetic=line.arithmetic[:ARITHMETIC_LENGTH],
        )
        for variance_id, of_variance in lines.items()
        for ordinal, line in enumerate(of_variance, start=1)
    )


def list_lines(session: Session, client_id: UUID, variance_id: UUID) -> list[LineDifference]:
    """List the lines of a variance in their order."""
    return [
        LineDifference(row.claim_line_id, row.expected, row.allowed, row.reason, row.arithmetic)
        for row in session.exec(
            select(VarianceLine)
            .where(VarianceLine.client_id == client_id, VarianceLine.variance_id == variance_id)
            .order_by(col(VarianceLine.ordinal))
        )
    ]
