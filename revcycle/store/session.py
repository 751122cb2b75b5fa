"""The one place that opens a session: the block is the transaction."""

from collections.abc import Collection, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, create_engine, event, text
from sqlmodel import Session

import models.tables  # noqa: F401 - registers all tables

READ_ONLY = "revcycle_read_only"
Transaction = AbstractContextManager[Session]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # money: a commit survives a power loss
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=60000",
    "PRAGMA cache_size=-32768",  # KiB: a large remittance touches more than the 2 MB of a default
)


@cache
def engine_for(database_url: str) -> Engine:
    """Make, once per process, the engine of a database.

    On SQLite a transaction begins IMMEDIATE unless it says that it only reads: one writer at a
    time is the lock, and a reader that later writes cannot fail with a stale snapshot.
    """
    engine = create_engine(database_url, pool_pre_ping=True, hide_parameters=True)  # PHI
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins, not the driver
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Any) -> None:
    is_reading = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


@contextmanager
def transaction(database_url: str, client_id: UUID | None = None) -> Generator[Session]:
    """Commit when the block ends well; undo everything when it does not.

    On PostgreSQL ``client_id`` opens the rows of that practice for this transaction only; without
    it no row of any practice can be seen (row level security).
    """
    with across(database_url, () if client_id is None else (client_id,)) as session:
        yield session


@contextmanager
def across(database_url: str, client_ids: Collection[UUID]) -> Generator[Session]:
    """Open a transaction over several practices: the queues of a person who works for them."""
    engine = engine_for(database_url)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        _open_rows(session, client_ids)
        yield session


@contextmanager
def reading(database_url: str, client_ids: Collection[UUID] = ()) -> Generator[Session]:
    """Open a transaction that cannot write, and on SQLite waits for no writer.

    What is shown of a patient is noted in the trail in the same transaction: such pages write.
    """
    engine = engine_for(database_url)
    with (
        engine.connect().execution_options(**{READ_ONLY: True}) as connection,
        connection.begin(),
        Session(connection, expire_on_commit=False) as session,
    ):
        if engine.dialect.name == "postgresql":
            session.execute(text("SET TRANSACTION READ ONLY"))
        _open_rows(session, client_ids)
        yield session


def _open_rows(session: Session, client_ids: Collection[UUID]) -> None:
    if client_ids and session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT set_config('app.client_ids', :client_ids, true)"),
            {"client_ids": ",".join(str(one) for one in client_ids)},
        )
