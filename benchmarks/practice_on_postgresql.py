"""The practice of a SQLite file once more, twice, on a PostgreSQL server as in production."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, insert
from sqlmodel import SQLModel

from benchmarks.bare_insert import Rows, all_rows
from benchmarks.practice_database import PracticeDatabase
from benchmarks.workbench_office import DURABLE
from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for
from tests.postgres_server import APP_ROLE, SERVER_ACCOUNT, running_postgres

WORKED_ON, BARE = "worked_on", "bare"


@contextmanager
def on_postgresql(practice: PracticeDatabase) -> Iterator[tuple[str, str]]:
    """Copy every row of a practice to two databases: one to work on, one to compare with."""
    with running_postgres(DURABLE) as server:
        server.execute(f"CREATE ROLE {APP_ROLE} LOGIN", f"CREATE DATABASE {BARE} OWNER {APP_ROLE}")
        upgrade_database(server.url(BARE))
        engine_for(server.url(BARE)).dispose()
        # Who administers the server sees the rows of every practice, and may copy them.
        _copy(server.url(BARE, SERVER_ACCOUNT), all_rows(engine_for(practice.url)))
        server.execute(f"CREATE DATABASE {WORKED_ON} TEMPLATE {BARE} OWNER {APP_ROLE}")
        yield server.url(WORKED_ON), server.url(BARE)
        for name in (WORKED_ON, BARE):
            engine_for(server.url(name)).dispose()


def _copy(url: str, rows: Rows) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if known := rows.get(table):
                connection.execute(insert(table), known)
        connection.exec_driver_sql("ANALYZE")  # as the server does by itself in the background
    engine.dispose()
