"""What tests of several kinds share."""

import shutil
from collections.abc import Generator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from models.documents.act import Act
from models.tables import Client
from revcycle.settings import settings
from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for, transaction
from tests.postgres_server import APP_ROLE, PostgresServer, reason_to_skip, running_postgres

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


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


@pytest.fixture
def database_url(migrated_database: Path, tmp_path: Path) -> str:
    """A fresh database of its own for each test."""
    path = tmp_path / "test.sqlite3"
    shutil.copy(migrated_database, path)
    return f"sqlite:///{path}"


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
database_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Generator[PostgresServer]:
    """A PostgreSQL server of this session, with a migrated template of a plain role."""
    if reason := reason_to_skip():
        pytest.skip(reason)
    with running_postgres() as server:
        server.execute(
            f"CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS",
            f"CREATE DATABASE {TEMPLATE_DATABASE} OWNER {APP_ROLE}",
        )
        upgrade_database(server.url(TEMPLATE_DATABASE))
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Generator[str]:
    """A fresh PostgreSQL database, whose owner is held to row level security."""
    name = f"test_{next(database_numbers)}"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE_DATABASE} OWNER {APP_ROLE}")
    url = postgres_server.url(name)
    yield url
    engine_for(url).dispose()
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database on SQLite and, in a second run of the test, on PostgreSQL."""
    name = "database_url" if request.param == "sqlite" else "postgres_url"
    url = request.getfixturevalue(name)
    assert isinstance(url, str)
    return url
