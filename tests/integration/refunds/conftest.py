"""What the tests of refunds share."""

import pytest

from models.documents.act import Act
from tests.integration.posting.billing_office import BillingOffice


@pytest.fixture
def office(database_url: str, act: Act) -> BillingOffice:
    """A billing office with an empty database of its own."""
    return BillingOffice(database_url, act)
