"""A practice and somebody who acts for it, on either database."""

from uuid import UUID

import pytest

from models.documents.act import Act
from models.tables import Client
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY


@pytest.fixture
def practice(either_database_url: str) -> UUID:
    """A practice in the database."""
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(either_database_url) as session:
        session.add(client)
    return client.id


@pytest.fixture
def office(practice: UUID) -> Act:
    """Somebody who acts for that practice at noon."""
    return Act(practice, "tester", NOON, TODAY)
