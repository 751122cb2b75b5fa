"""Bring a database to the present schema."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from models.errors import RejectedError, UnavailableError
from revcycle.store.session import engine_for

WAIT_SECONDS: Final = 2.0
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def upgrade_database(database_url: str) -> None:
    """Run every migration that the database has not seen."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    command.upgrade(config, "head")


def is_database_ready(database_url: str) -> bool:
    """Tell whether a database exists that holds our tables; none is made by asking.

    Raises:
        UnavailableError: it does not answer, or refuses the role.
        RejectedError: the file is something else.
    """
    url = make_url(database_url)
    if url.drivername.startswith("sqlite") and not Path(str(url.database)).exists():
        return False
    try:
        return inspect(engine_for(database_url)).has_table("client")
    except OperationalError:
        msg = "the database does not answer, or does not let us in"
        raise UnavailableError(msg) from None
    except DatabaseError:
        msg = "the file that should be the database is something else"
        raise RejectedError(msg) from None


def count_rows(database_url: str) -> None:
    """Let SQLite count its rows, as PostgreSQL does by itself: a quarter of a second for 100,000.

    One that never did reads every item of a practice to find the next one. A database that
    somebody writes to is left alone until the next time.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not Path(str(url.database)).exists():
        return
    with (
        closing(sqlite3.connect(str(url.database), timeout=WAIT_SECONDS)) as connection,
        suppress(sqlite3.OperationalError),
    ):
        connection.execute("ANALYZE")
