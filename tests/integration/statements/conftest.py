"""What the tests of statements share."""

import pytest

from models.documents.act import Act
from tests.integration.statements.practice import Practice


@pytest.fixture
def practice(database_url: str, act: Act) -> Practice:
    """A practice with an empty database of its own."""
    return Practice(database_url, act)
