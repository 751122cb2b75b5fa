"""Queries on member numbers that payers corrected in remittances."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import NotFoundError
from models.tables import Coverage, CoverageCorrection
from revcycle.store.ledger import in_chunks


def known_corrections(
    session: Session, client_id: UUID, coverage_ids: Collection[UUID]
) -> frozenset[tuple[UUID, str]]:
    """Tell which new numbers were proposed before for these coverages, whatever became of them."""
    return frozenset(
        (row.coverage_id, row.new_member_id)
        for ids in in_chunks(coverage_ids)
        for row in session.exec(
            select(CoverageCorrection).where(
                CoverageCorrection.client_id == client_id,
                col(CoverageCorrection.coverage_id).in_(ids),
            )
        )
    )


def get_correction(session: Session, client_id: UUID, correction_id: UUID) -> CoverageCorrection:
    """Load and lock one correction.

    Raises:
        NotFoundError: this practice has no such correction.
    """
    row = session.exec(
        select(CoverageCorrection)
        .where(CoverageCorrection.client_id == client_id, CoverageCorrection.id == correction_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no coverage correction {correction_id}"
        raise NotFoundError(msg)
    return row


def has_other_with_number(session: Session, client_id: UUID, coverage: Coverage, new: str) -> bool:
    """Tell whether the patient has another coverage of this payer under a number already."""
    found = session.exec(
        select(Coverage.id).where(
            Coverage.client_id == client_id,
            Coverage.patient_id == coverage.patient_id,
            Coverage.payer_id == coverage.payer_id,
            Coverage.member_id == new,
            Coverage.id != coverage.id,
        )
    ).first()
    return found is not None
