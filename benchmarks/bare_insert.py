"""The least that writing rows can cost: one Core insert per table, all values given."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, Table, insert, select
from sqlmodel import SQLModel

from benchmarks.cpu_time import cpu_seconds
from benchmarks.practice_database import PracticeDatabase
from revcycle.store.session import engine_for

Rows = Mapping[Table, Sequence[Mapping[str, Any]]]


def bare_insert_seconds(before: PracticeDatabase, after: PracticeDatabase) -> tuple[float, int]:
    """Write what ``after`` has more than ``before`` into ``before``.

    Returns:
        The CPU seconds, commit included, and how many rows it was.
    """
    added = _added_rows(engine_for(before.url), engine_for(after.url))
    seconds = cpu_seconds(lambda: _insert(engine_for(before.url), added))
    return seconds, sum(len(rows) for rows in added.values())


def _added_rows(before: Engine, after: Engine) -> Rows:
    with before.connect() as old, after.connect() as new:
        added = {}
        for table in SQLModel.metadata.sorted_tables:
            known = {row.id for row in old.execute(select(table.c.id))}
            given = [column for column in table.c if column.computed is None]
            rows = new.execute(select(*given)).mappings()
            if fresh := [dict(row) for row in rows if row["id"] not in known]:
                added[table] = fresh
        return added


def _insert(engine: Engine, added: Rows) -> None:
    with engine.begin() as connection:
        for table, rows in added.items():
            connection.execute(insert(table), rows)
