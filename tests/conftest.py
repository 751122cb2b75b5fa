"""What tests of several kinds share."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from models.documents.act import Act
from models.tables import Client
from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for, transaction

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


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
