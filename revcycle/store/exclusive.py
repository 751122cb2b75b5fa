"""One process at a time: a lock that dies with its holder."""

import fcntl
import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from revcycle.store.session import engine_for


@contextmanager
def exclusive(database_url: str, name: str) -> Generator[bool]:
    """Hold the lock ``name`` for the block, if nobody else holds it; yield whether we do.

    A sender needs it: while it is alive, nobody may wonder what became of its files. PostgreSQL
    keeps it as an advisory lock of one connection, SQLite as a lock on a file beside the database;
    both are gone in the moment the process is.
    """
    engine = engine_for(database_url)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
            held = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})
            connection.commit()
            try:
                yield bool(held)
            finally:
                if held:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
                    connection.commit()
        return
    folder = Path(str(engine.url.database)).parent / "locks"
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
