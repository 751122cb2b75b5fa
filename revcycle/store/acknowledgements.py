"""Queries on acknowledgements."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.tables import Acknowledgement


def list_acknowledgements(
    session: Session, client_id: UUID, inbound_file_id: UUID
) -> Sequence[Acknowledgement]:
    """List what one file says, in its order."""
    return session.exec(
        select(Acknowledgement)
        .where(
            Acknowledgement.client_id == client_id,
            Acknowledgement.inbound_file_id == inbound_file_id,
        )
        .order_by(col(Acknowledgement.ordinal))
    ).all()


def was_accepted(session: Session, client_id: UUID, outbound_file_id: UUID) -> bool:
    """Tell whether the partner has said before that it took this file."""
    count = session.exec(
        select(func.count()).where(
            Acknowledgement.client_id == client_id,
            Acknowledgement.outbound_file_id == outbound_file_id,
            col(Acknowledgement.is_accepted).is_(True),
        )
    ).one()
    return count > 0


def count_by_outcome(session: Session, client_id: UUID) -> dict[tuple[str, bool], int]:
    """Count acknowledgements by kind and whether they accept."""
    rows = session.exec(
        select(Acknowledgement.kind, Acknowledgement.is_accepted, func.count())
        .where(Acknowledgement.client_id == client_id)
        .group_by(col(Acknowledgement.kind), col(Acknowledgement.is_accepted))
    ).all()
    return {(kind, is_accepted): count for kind, is_accepted, count in rows}
