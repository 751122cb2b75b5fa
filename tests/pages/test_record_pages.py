"""What the pages of records say of a claim, an encounter, a patient, a payment and a file."""

from uuid import UUID

import pytest
from starlette.testclient import TestClient

from models.documents.act import Act
from models.values.access import Role
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.pages.doors import sign_in_by_form
from tests.people import join


@pytest.fixture
def office(database_url: str, act: Act) -> BillingOffice:
    """A billing office of the practice."""
    return BillingOffice(database_url, act)


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """A claim of two lines, the second of them denied."""
    claim = office.bill(15_000, 4_000)
    office.post(
        a_remittance(
            a_decision(
                claim,
                (9_000, [("CO", "45", 4_000), ("PR", "3", 2_000)]),
                (0, [("CO", "50", 4_000)]),
            )
        )
    )
    return claim


@pytest.fixture
def lead(stranger: TestClient, database_url: str, client_id: UUID) -> TestClient:
    """A team lead of the practice."""
    sign_in_by_form(stranger, join(database_url, "lena", [Role.TEAM_LEAD], [client_id]))
    return stranger


def test_a_claim_says_who_must_act_and_by_when(lead: TestClient, claim: BilledClaim) -> None:
    page = lead.get(f"/practices/demo_practice/claims/{claim.claim_id}")
    assert page.status_code == 200, page.text
    assert "work the denial" in page.text
