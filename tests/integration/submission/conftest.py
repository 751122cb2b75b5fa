"""The practice that the tests of this folder share."""

from typing import Any
from uuid import UUID

import pytest

from models.documents.act import Act
from models.documents.claim import ClaimForm
from revcycle.operations.submission.policies import ClaimPolicy
from tests.integration.submission.office import PARTNER, POLICY, PRACTICE, Office, open_office


@pytest.fixture
def office(database_url: str, client_id: UUID, act: Act) -> Office:
    """A practice with one partner, two payers and one provider."""
    return open_office(database_url, client_id, act)


@pytest.fixture
def batch_arguments() -> dict[str, Any]:
    """What a batch is told besides who acts."""
    return {"partner": PARTNER, "form": ClaimForm.PROFESSIONAL, "practice": PRACTICE}


@pytest.fixture
def claim_policy() -> ClaimPolicy:
    """How the practice's claims are built."""
    return POLICY
