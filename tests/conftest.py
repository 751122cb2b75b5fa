"""What tests of several kinds share."""

import gc
import os
import shutil
import sys
from collections.abc import Generator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from models.documents.act import Act
from models.tables import Client
from revcycle.settings import settings
from revcycle.store.schema import upgrade_database
from revcycle.store.session import SQLITE_PRAGMAS, engine_for, transaction
from tests.postgres_server import (
    APP_ROLE,
    PostgresServer,
    reason_to_skip,
    roomiest_folder,
    running_postgres,
)

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

# A console takes its width where it is made, once; without this each test says how wide it is.
os.environ.pop("COLUMNS", None)

# What was read and rewritten once is kept for the next run, and for the processes tests start:
# without this each of them compiles four thousand files anew on a machine that forbids keeping.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """Let the collector pass over the million objects that stay until the end anyway."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def forgotten_settings() -> Generator[None]:
    """Let no test see the settings of one before it: they are kept once for a process."""
    yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database made by the migrations, once a session."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    upgrade_database(f"sqlite:///{path}")
    engine_for(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Generator[None]:
    """Let no commit wait for the disk in this process: no test here is about a power loss."""
    pragmas = tuple(one.replace("synchronous=FULL", "synchronous=OFF") for one in SQLITE_PRAGMAS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("revcycle.store.session.SQLITE_PRAGMAS", pragmas)
        yield


@pytest.fixture(scope="session")
def current_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One name for the folder of whichever test runs."""
    return tmp_path_factory.mktemp("current") / "folder"


@pytest.fixture
def database_url(migrated_database: Path, tmp_path: Path, current_folder: Path) -> Generator[str]:
    """A fresh database of its own for each test, under the address that all of them have.

    An engine keeps the queries that it compiled, and there is one engine for an address.
    """
    shutil.copy(migrated_database, tmp_path / "test.sqlite3")
    current_folder.unlink(missing_ok=True)
    current_folder.symlink_to(tmp_path)
    url = f"sqlite:///{current_folder / 'test.sqlite3'}"
    yield url
    engine_for(url).dispose()


@pytest.fixture
def client_id(database_url: str) -> UUID:
    """A practice in the database."""
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(database_url) as session:
        session.add(client)
    return client.id


@pytest.fixture
def act(client_id: UUID) -> Act:
    """Somebody who acts for that practice at noon."""
    return Act(client_id, "tester", NOON, TODAY)


TEMPLATE_DATABASE = "revcycle_template"
TEST_DATABASE = "revcycle_test"  # one name, so that compiled queries are kept here too


@pytest.fixture(scope="session")
def postgres_server() -> Generator[PostgresServer]:
    """A PostgreSQL server of this session, with a migrated template of a plain role."""
    if reason := reason_to_skip():
        pytest.skip(reason)
    with running_postgres(where=roomiest_folder()) as server:
        server.execute(
            f"CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS",
            f"CREATE DATABASE {TEMPLATE_DATABASE} OWNER {APP_ROLE}",
        )
        upgrade_database(server.url(TEMPLATE_DATABASE))
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Generator[str]:
    """A fresh PostgreSQL database, whose owner is held to row level security."""
    postgres_server.execute(
        f"CREATE DATABASE {TEST_DATABASE} TEMPLATE {TEMPLATE_DATABASE} OWNER {APP_ROLE}"
    )
    url = postgres_server.url(TEST_DATABASE)
    yield url
    engine_for(url).dispose()
    postgres_server.execute(f"DROP DATABASE {TEST_DATABASE} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database on SQLite and, in a second run of the test, on PostgreSQL."""
    name = "database_url" if request.param == "sqlite" else "postgres_url"
    url = request.getfixturevalue(name)
    assert isinstance(url, str)
    return url
