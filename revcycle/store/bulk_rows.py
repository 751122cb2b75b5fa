"""Many rows of one table in one statement, without an object for each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, SQLModel


def insert_rows(
    session: Session, client_id: UUID, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows of one practice as they are; nothing happens for none.

    Args:
        session: The open transaction.
        client_id: The practice; a row of another is a programmer's mistake.
        table: The table, by its class.
        rows: Every one with the same columns; a default of the table fills what all leave out.
    """
    assert all(row["client_id"] == client_id for row in rows), "a row of another practice"  # noqa: S101 - a promise
    if rows:
        session.execute(insert(SQLModel.metadata.tables[str(table.__tablename__)]), rows)
