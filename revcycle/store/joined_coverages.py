"""Queries that give the coverages of a joined account to the one that is kept."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select, update

from models.tables import Claim, CoverageCorrection, EligibilityCheck
from revcycle.store.patients import list_coverages

Left = list[tuple[str, UUID]]


def move_coverages(session: Session, client_id: UUID, *, duplicate: UUID, keep: UUID) -> Left:
    """Move coverages; one that both accounts have becomes one, with its claims and questions.

    Returns what was asked or proposed of both alike, as kind and id of its work item's subject:
    it stays behind with the duplicate's coverage, and nobody has to decide it twice.
    """
    known = {
        (row.payer_id, row.member_id): row.id for row in list_coverages(session, client_id, [keep])
    }
    left: Left = []
    for coverage in list_coverages(session, client_id, [duplicate]):
        same = known.get((coverage.payer_id, coverage.member_id))
        if same is None:
            coverage.patient_id = keep
        else:
            left += _merge(session, client_id, duplicate=coverage.id, keep=same)
    session.flush()
    return left


def _merge(session: Session, client_id: UUID, *, duplicate: UUID, keep: UUID) -> Left:
    session.exec(
        update(Claim)
        .where(col(Claim.client_id) == client_id, col(Claim.coverage_id) == duplicate)
        .values(coverage_id=keep)
    )
    ways: tuple[tuple[Any, str], ...] = (
        (EligibilityCheck, "service_date"),
        (CoverageCorrection, "new_member_id"),
    )
    return [
        (str(table.__tablename__), row_id)
        for table, key in ways
        for row_id in _merge_rows(session, client_id, table, key, duplicate=duplicate, keep=keep)
    ]


def _merge_rows(
    session: Session, client_id: UUID, table: Any, key: str, *, duplicate: UUID, keep: UUID
) -> list[UUID]:
    """Move rows that the kept coverage has none like; name the others."""
    rows = session.exec(
        select(table).where(
            col(table.client_id) == client_id, col(table.coverage_id).in_([duplicate, keep])
        )
    ).all()
    had = {getattr(row, key) for row in rows if row.coverage_id == keep}
    left = []
    for row in rows:
        if row.coverage_id == duplicate and getattr(row, key) in had:
            left.append(row.id)
        elif row.coverage_id == duplicate:
            row.coverage_id = keep
    return left
