"""The one place that opens a session: the block is the transaction."""

from collections.abc import Collection, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from select import POLLIN, poll
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlmodel import Session

import models.tables  # noqa: F401 - registers all tables

READ_ONLY = "revcycle_read_only"
# What is lent out last is lent again first: its server process has everything at hand.
POOL_OF_SERVER: Final = {"pool_size": 10, "max_overflow": 10, "pool_use_lifo": True}
# Whoever looks beside a writer has two: never may one who has the first wait for a second.
POOL_OF_FILE: Final = {"max_overflow": -1}
OPEN_ROWS: Final = text("SELECT set_config('app.client_ids', :client_ids, true)")
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
    is_sqlite = make_url(database_url).get_backend_name() == "sqlite"
    engine = create_engine(
        database_url,
        hide_parameters=True,  # PHI
        **(POOL_OF_FILE if is_sqlite else POOL_OF_SERVER),
    )
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "checkout", _refuse_severed)
    return engine


def _refuse_severed(connection: Any, _record: object, _proxy: object) -> None:
    """Refuse a kept connection that the server has closed; the pool then makes new ones.

    A server says nothing to a connection that asks nothing: what can be read of an idle one is
    its end. Looking costs no round trip, which a ping before every transaction would.
    """
    if connection.closed or _is_readable(connection.fileno()):
        msg = "the database server closed the connection"
        raise InvalidatePoolError(msg)


def _is_readable(socket: int) -> bool:
    watch = poll()
    watch.register(socket, POLLIN)  # the end of a connection is told whether asked for or not
    return bool(watch.poll(0))


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
    option = "postgresql_readonly" if engine.dialect.name == "postgresql" else READ_ONLY
    with (
        engine.connect().execution_options(**{option: True}) as connection,
        connection.begin(),
        Session(connection, expire_on_commit=False) as session,
    ):
        _open_rows(session, client_ids)
        yield session


@contextmanager
def asking(database_url: str) -> Generator[Session]:
    """Open a session for what is asked of the company's own tables before every page.

    On PostgreSQL each statement stands alone: around a single one BEGIN and COMMIT would only be
    two more turns to the server. On SQLite it is one that cannot write.
    """
    engine = engine_for(database_url)
    if engine.dialect.name != "postgresql":
        with reading(database_url) as session:
            yield session
        return
    alone = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with alone as connection, Session(connection, expire_on_commit=False) as session:
        yield session


@contextmanager
def showing(database_url: str, client_ids: Collection[UUID]) -> Generator[tuple[Session, Session]]:
    """Open a session to look and one to show, which notes in the trail what it read.

    On PostgreSQL they are one, for nobody waits. On SQLite only one may write at a time: what is
    looked at is read beside writers, and the writer is waited for when the second is first used.
    """
    if engine_for(database_url).dialect.name == "postgresql":
        with across(database_url, client_ids) as session:
            yield session, session
    else:
        with reading(database_url) as looking, across(database_url, client_ids) as session:
            yield looking, session


def _open_rows(session: Session, client_ids: Collection[UUID]) -> None:
    if client_ids and session.get_bind().dialect.name == "postgresql":
        session.execute(OPEN_ROWS, {"client_ids": ",".join(str(one) for one in client_ids)})
