"""The least that writing rows can cost: one Core insert per table, all values given."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Table, insert, select
from sqlmodel import SQLModel

from benchmarks.cpu_time import cpu_seconds
from benchmarks.practice_database import PracticeDatabase
from revcycle.store.session import engine_for, transaction

Rows = Mapping[Table, Sequence[Mapping[str, Any]]]


def bare_insert_seconds(before: PracticeDatabase, after: PracticeDatabase) -> tuple[float, int]:
    """Write what ``after`` has more than ``before`` into ``before``.

    Returns:
        The CPU seconds, commit included, and how many rows it was.
    """
    added = added_rows(before, after)
    seconds = cpu_seconds(lambda: insert_bare(before.url, added))
    return seconds, sum(len(rows) for rows in added.values())


def added_rows(before: PracticeDatabase, after: PracticeDatabase) -> Rows:
    """Read what ``after`` has more than ``before``."""
    known = all_rows(engine_for(before.url))
    added = {}
    for table, rows in all_rows(engine_for(after.url)).items():
        ids = {row["id"] for row in known.get(table, ())}
        if fresh := [row for row in rows if row["id"] not in ids]:
            added[table] = fresh
    return added


def all_rows(engine: Engine) -> Rows:
    """Read every table, without columns that the database computes."""
    with engine.connect() as connection:
        return {
            table: [
                dict(row)
                for row in connection.execute(
                    select(*(column for column in table.c if column.computed is None))
                ).mappings()
            ]
            for table in SQLModel.metadata.sorted_tables
        }


def insert_bare(url: str, added: Rows, client_id: UUID | None = None) -> None:
    """Insert rows of a practice in one transaction, one statement a table."""
    with transaction(url, client_id) as session:
        for table, rows in added.items():
            session.connection().execute(insert(table), rows)
