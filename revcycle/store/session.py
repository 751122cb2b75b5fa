"""The one place that opens a session: the block is the transaction."""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, create_engine, event, text
from sqlmodel import Session

import models.tables  # noqa: F401 - registers all tables

Transaction = AbstractContextManager[Session]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # money: a commit survives a power loss
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=60000",
)


@cache
def engine_for(database_url: str) -> Engine:
    """Make, once per process, the engine of a database.

    On SQLite every transaction begins IMMEDIATE: one writer at a time is the lock, and a reader
    that later writes cannot fail with a stale snapshot.
    """
    engine = create_engine(database_url, pool_pre_ping=True, hide_parameters=True)  # PHI
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins, not the driver
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def transaction(database_url: str, client_id: UUID | None = None) -> Generator[Session]:
    """Commit when the block ends well; undo everything when it does not.

    On PostgreSQL ``client_id`` opens the rows of that practice for this transaction only; without
    it no row of any practice can be seen (row level security).
    """
    engine = engine_for(database_url)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        if client_id is not None and engine.dialect.name == "postgresql":
            session.execute(
                text("SELECT set_config('app.client_id', :client_id, true)"),
                {"client_id": str(client_id)},
            )
        yield session
