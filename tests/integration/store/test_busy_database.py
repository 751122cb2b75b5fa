"""What of a database's complaints waiting can mend, and that a look waits for nobody."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from psycopg import errors
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from models.errors import UnavailableError
from revcycle.store.busy import is_busy
from tasks.runtime import StepFailedError, step


def complaint_of(path: Path, statement: str) -> OperationalError:
    """Ask a database that does not wait, and return what it says."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0})
    with pytest.raises(OperationalError) as caught, engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    return caught.value


@pytest.fixture
def held(tmp_path: Path) -> OperationalError:
    """What a database says whose one writer is somebody else."""
    path = tmp_path / "held.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE note (text TEXT)")
        writer.execute("BEGIN IMMEDIATE")
        return complaint_of(path, "INSERT INTO note VALUES ('a')")


@step("ask-database")
def ask_task(complaint: OperationalError) -> None:
    raise complaint


def test_somebody_elses_long_write_is_asked_again_later(held: OperationalError) -> None:
    assert is_busy(held)
    with pytest.raises(UnavailableError, match="the database is busy"):
        ask_task.fn(held)


def test_a_missing_table_does_not_come_by_waiting(tmp_path: Path) -> None:
    complaint = complaint_of(tmp_path / "empty.sqlite3", "SELECT * FROM nothing")
    assert not is_busy(complaint)
    with pytest.raises(StepFailedError):
        ask_task.fn(complaint)


@pytest.mark.parametrize(
    "cause",
    [
        pytest.param(errors.DeadlockDetected(), id="two who wait for each other"),
        pytest.param(errors.AdminShutdown(), id="the server restarts"),
        pytest.param(errors.LockNotAvailable(), id="a lock is held"),
    ],
)
def test_on_postgresql_locks_and_restarts_pass(cause: Exception) -> None:
    assert is_busy(OperationalError("SELECT 1", {}, cause))
