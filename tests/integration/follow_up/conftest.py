"""The practice that the tests of this folder share."""

from uuid import UUID

import pytest

from models.documents.act import Act
from tests.integration.submission.office import Office, open_office


@pytest.fixture
def office(database_url: str, client_id: UUID, act: Act) -> Office:
    """A practice with one partner, two payers and one provider."""
    return open_office(database_url, client_id, act)
