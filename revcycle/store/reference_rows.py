"""Rows of an edition, written as they are read."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Table, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from models.documents.reference import ReferenceRow
from models.errors import RejectedError
from models.tables import (
    AddOnPair,
    CoveragePolicy,
    DiagnosisNote,
    ListedCode,
    LocalityIndex,
    PtpPair,
    RelativeValue,
    UnitLimit,
)
from models.values.reference import ReferenceKind
from revcycle.store.ptp_pairs import insert_pairs

ROWS_A_STATEMENT: Final = 2_000

# Whatever is left out here is a list of codes.
TABLE_OF_KIND: Final[Mapping[ReferenceKind, type[SQLModel]]] = MappingProxyType(
    {
        ReferenceKind.ICD10CM_NOTES: DiagnosisNote,
        ReferenceKind.PTP_PRACTITIONER: PtpPair,
        ReferenceKind.PTP_HOSPITAL: PtpPair,
        ReferenceKind.MUE_PRACTITIONER: UnitLimit,
        ReferenceKind.MUE_HOSPITAL: UnitLimit,
        ReferenceKind.MUE_SUPPLIER: UnitLimit,
        ReferenceKind.ADD_ON: AddOnPair,
        ReferenceKind.MPFS: RelativeValue,
        ReferenceKind.GPCI: LocalityIndex,
        ReferenceKind.COVERAGE_POLICY: CoveragePolicy,
    }
)


def insert_edition_rows(
    session: Session, kind: ReferenceKind, edition: int, rows: Iterable[ReferenceRow]
) -> Iterator[int]:
    """Write rows of an edition in chunks; no list of them all is held.

    Args:
        session: The transaction that wrote the edition.
        kind: Which list; it decides the table.
        edition: Its number.
        rows: Each in the order of the table's columns after ``edition_id``.

    Yields:
        How many are written so far, after each chunk.

    Raises:
        RejectedError: two rows have the same key; the transaction cannot go on.
    """
    table = SQLModel.metadata.tables[str(TABLE_OF_KIND.get(kind, ListedCode).__tablename__)]
    written = 0
    try:
        if table.name == PtpPair.__tablename__:
            yield from insert_pairs(session, edition, rows)
            return
        for chunk in _chunks(rows):
            session.execute(insert(table), [_named(table, edition, row) for row in chunk])
            written += len(chunk)
            yield written
    except IntegrityError as error:
        msg = f"nothing was imported: a line stands twice after row {written} of the file"
        raise RejectedError(msg) from error


def _chunks(rows: Iterable[ReferenceRow]) -> Iterator[list[ReferenceRow]]:
    following = iter(rows)
    while chunk := list(islice(following, ROWS_A_STATEMENT)):
        yield chunk


def _named(table: Table, edition: int, row: ReferenceRow) -> dict[str, Any]:
    return dict(zip(table.columns.keys(), (edition, *row), strict=True))
