"""The pages of records in a real browser: nothing for axe to find, a figure opens its postings."""

from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from models.documents.act import Act
from models.tables import OutboundFile, Remittance
from models.values.access import Role
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.test_accessibility import judge
from tests.people import Colleague, join

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests
BASE = "/practices/demo_practice"


@pytest.fixture
def office(database_url: str, act: Act) -> BillingOffice:
    """A billing office of the practice."""
    return BillingOffice(database_url, act)


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """A claim of two lines, the second of them denied."""
    claim = office.bill(15_000, 4_000)
    decision = a_decision(claim, (9_000, [("CO", "45", 6_000)]), (0, [("CO", "50", 4_000)]))
    office.post(a_remittance(decision))
    return claim


@pytest.fixture
def lena(database_url: str, client_id: UUID) -> Colleague:
    """A team lead of the practice."""
    return join(database_url, "lena", [Role.TEAM_LEAD], [client_id])


@pytest.fixture
def pages(office: BillingOffice, claim: BilledClaim) -> list[str]:
    """The addresses of one record of each kind."""
    with transaction(office.database_url, office.act.client_id) as session:
        payment = session.exec(select(Remittance)).one()
        sent = session.exec(select(OutboundFile)).one()
    return [
        f"/claims/{claim.claim_id}",
        f"/encounters/{claim.encounter_id}",
        f"/patients/{claim.patient_id}",
        f"/remittances/{payment.id}",
        f"/files/in/{payment.inbound_file_id}",
        f"/files/in/{payment.inbound_file_id}/explained",
        f"/files/out/{sent.id}",
    ]


def test_axe_finds_nothing_on_a_record_with_everything_opened(
    desk: Desk, lena: Colleague, pages: list[str]
) -> None:
    desk.sign_in(lena)
    found: dict[str, list[str]] = {}
    for path in pages:
        page = desk.go(BASE + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found |= judge(page, path.rsplit("/", 1)[0])
    assert found == {}
    assert desk.complaints == []


def test_a_figure_opens_the_postings_that_sum_to_it(
    desk: Desk, lena: Colleague, claim: BilledClaim
) -> None:
    page = desk.sign_in(lena, f"{BASE}/claims/{claim.claim_id}")
    books = page.get_by_text("Sum of denied, being worked")
    expect(books).not_to_be_visible()
    page.get_by_role("link", name="$40.00").click()
    expect(books).to_be_visible()
