"""Queries on Medicare's physician fee schedule: relative values and geographic indices."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from models.documents.reference import LocalityDocument, RelativeValueDocument
from models.tables import LocalityIndex, RelativeValue
from revcycle.store.ledger import in_chunks

LOCALITY_LENGTH = 2


def list_relative_values(
    session: Session, edition: int, codes: Collection[str]
) -> list[RelativeValueDocument]:
    """List what an edition says of procedures: a line for each of their modifiers, and without."""
    return [
        _value(row)
        for chunk in in_chunks(codes)
        for row in session.exec(
            select(RelativeValue).where(
                RelativeValue.edition_id == edition, col(RelativeValue.code).in_(chunk)
            )
        )
    ]


def find_locality(session: Session, edition: int, number: str) -> LocalityDocument | None:
    """Find a locality by contractor and locality, as 0111205.

    The locality alone, as 05, is enough where only one contractor has it.
    """
    locality, contractor = number[-LOCALITY_LENGTH:], number[:-LOCALITY_LENGTH]
    statement = select(LocalityIndex).where(
        LocalityIndex.edition_id == edition, LocalityIndex.locality == locality
    )
    if contractor:
        statement = statement.where(LocalityIndex.contractor == contractor)
    rows = session.exec(statement.limit(2)).all()
    return _locality(rows[0]) if len(rows) == 1 else None


def _value(row: RelativeValue) -> RelativeValueDocument:
    return RelativeValueDocument(
        code=row.code,
        modifier=row.modifier,
        status=row.status,
        work=row.work,
        practice_facility=row.practice_facility,
        practice_office=row.practice_office,
        malpractice=row.malpractice,
        conversion_factor=row.conversion_factor,
        global_days=row.global_days,
        multiple_procedure=row.multiple_procedure,
        bilateral=row.bilateral,
        assistant=row.assistant,
        professional_technical=row.professional_technical,
    )


def _locality(row: LocalityIndex) -> LocalityDocument:
    return LocalityDocument(
        row.contractor,
        row.locality,
        row.state,
        row.name,
        row.work,
        row.practice,
        row.malpractice,
    )
