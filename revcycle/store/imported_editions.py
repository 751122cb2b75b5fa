"""Queries on imported editions themselves; ``reference_editions`` says which one answers."""

from sqlmodel import Session, col, select

from models.documents.reference import EditionDocument, EditionToImport
from models.documents.staff_act import StaffAct
from models.errors import NotFoundError
from models.tables import ReferenceEdition
from models.values.reference import EditionState, Licence, ReferenceKind


def insert_edition(
    session: Session, act: StaffAct, content: EditionToImport, attested_by: str
) -> int:
    """Write an edition without rows, in use, and return its number."""
    row = ReferenceEdition(
        kind=content.kind,
        name=content.facts.name,
        file_name=content.file_name,
        sha256=content.sha256,
        effective_from=content.facts.effective_from,
        row_count=0,
        licence=content.licence,
        attested_by=attested_by[:80],
        imported_at=act.at,
        imported_by=act.actor,
        state=EditionState.IN_USE,
    )
    session.add(row)
    session.flush()
    assert row.id is not None, "the database numbers it"  # noqa: S101 - a promise
    return row.id


def set_row_count(session: Session, number: int, row_count: int) -> None:
    """Note how many rows an edition has, once they are written."""
    _row(session, number).row_count = row_count
    session.flush()


def set_state(session: Session, number: int, state: EditionState) -> None:
    """Take an edition out of use, or into it again."""
    _row(session, number).state = state
    session.flush()


def get_edition(session: Session, number: int) -> EditionDocument:
    """Load one edition.

    Raises:
        NotFoundError: there is none with this number.
    """
    return _document(_row(session, number))


def list_editions(session: Session, kind: ReferenceKind | None = None) -> list[EditionDocument]:
    """List editions, of one kind or all: by kind, the one for the latest days first."""
    statement = select(ReferenceEdition).order_by(
        col(ReferenceEdition.kind),
        col(ReferenceEdition.effective_from).desc(),
        col(ReferenceEdition.id).desc(),
    )
    if kind is not None:
        statement = statement.where(ReferenceEdition.kind == kind)
    return [_document(row) for row in session.exec(statement)]


def list_with_content(session: Session, kind: ReferenceKind, sha256: str) -> list[EditionDocument]:
    """List the editions of a kind that were read from the same bytes, the last import first."""
    statement = (
        select(ReferenceEdition)
        .where(ReferenceEdition.kind == kind, ReferenceEdition.sha256 == sha256)
        .order_by(col(ReferenceEdition.id).desc())
    )
    return [_document(row) for row in session.exec(statement)]


def _row(session: Session, number: int) -> ReferenceEdition:
    row = session.get(ReferenceEdition, number)
    if row is None:
        msg = f"there is no edition {number}"
        raise NotFoundError(msg)
    return row


def _document(row: ReferenceEdition) -> EditionDocument:
    assert row.id is not None, "it was read from the database"  # noqa: S101 - a promise
    return EditionDocument(
        number=row.id,
        kind=ReferenceKind(row.kind),
        name=row.name,
        file_name=row.file_name,
        sha256=row.sha256,
        effective_from=row.effective_from,
        row_count=row.row_count,
        licence=Licence(row.licence),
        attested_by=row.attested_by,
        imported_at=row.imported_at,
        imported_by=row.imported_by,
        state=EditionState(row.state),
    )
