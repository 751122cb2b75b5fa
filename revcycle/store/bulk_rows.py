"""Many rows of one table in one statement, without an object for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows as they are; nothing happens for none.

    Args:
        session: The open transaction.
        table: The table, by its class.
        rows: Every one with the same columns; a default of the table fills what all leave out.
    """
    if rows:
        session.execute(insert(SQLModel.metadata.tables[str(table.__tablename__)]), rows)
