"""Patients' money in a browser: taken by one person, given back and given up by two."""

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import select

from models.states.denial import DenialState
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import a_decision, a_remittance, reversed_decision
from tests.pages.browser import Desk, address, browser_tests, chromium, desk, open_desk
from tests.pages.denial_office import KEY, DenialOffice, open_office
from tests.people import hire

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests
SHARED = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
LOWER = (6_000, [("CO", "45", 7_500), ("PR", "1", 1_500)])


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice without denials yet."""
    return open_office(database_url)


def item_of(office: DenialOffice, reason: str) -> str:
    """Say where the one open item of a reason is."""
    with transaction(office.url, office.client_id) as session:
        found = session.exec(
            select(WorkItem).where(WorkItem.state == "open", WorkItem.reason == reason)
        ).one()
    return f"/queues/{found.queue}/{KEY}/{found.id}"


def test_a_payment_is_taken_and_a_part_of_it_refunded_by_two(
    desk: Desk, chromium: Browser, office: DenialOffice
) -> None:
    claim = office.office.bill(15_000)
    decision = a_decision(claim, SHARED)
    office.office.post(a_remittance(decision))
    pia = hire(office.url, "pia", Role.POSTER, [office.client_id], Queue.CREDIT_BALANCE)
    page = desk.sign_in(pia, f"/practices/{KEY}/patients/{claim.patient_id}/payments")
    page.get_by_label("Paid by").select_option("cash")
    page.get_by_label("Amount").focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("owes $0.00 after insurance")).to_be_visible()

    lower = a_decision(claim, LOWER)
    office.office.post(a_remittance(reversed_decision(decision), lower, trace="EFT2"))
    desk.go(item_of(office, "posting.credit_balance"))
    page.keyboard.press("t")
    page.get_by_text("In your hands.").wait_for()
    page.get_by_label("Why", exact=True).select_option("share_was_lower")
    page.get_by_label("Amount").focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing waits in this queue")).to_be_visible()

    queues = (Queue.APPROVAL, Queue.CREDIT_BALANCE)
    lena = hire(office.url, "lena", Role.TEAM_LEAD, [office.client_id], *queues)
    second = open_desk(chromium, desk.address)
    lead = second.sign_in(lena, item_of(office, "refund_requested"))
    lead.keyboard.press("t")
    lead.get_by_text("In your hands.").wait_for()
    lead.keyboard.press("y")
    lead.get_by_text("Nothing waits in this queue").wait_for()
    second.go(item_of(office, "refund_to_pay"))
    lead.keyboard.press("t")
    lead.get_by_text("In your hands.").wait_for()
    lead.get_by_role("textbox", name="Number of the check").fill("1001")
    lead.keyboard.press("Control+Enter")
    expect(lead.get_by_text("Nothing waits in this queue")).to_be_visible()
    assert office.office.books()["REFUND_CLEARING"] == -1_000
    assert (desk.complaints, second.complaints) == ([], [])
    second.context.close()


def test_a_write_off_is_approved_by_a_second_person(desk: Desk, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "50")
    with transaction(office.url, office.client_id) as session:
        request_write_off(session, office.office.act, denial_id, reason="not_documented")
    lena = hire(office.url, "lena", Role.TEAM_LEAD, [office.client_id], Queue.APPROVAL)
    page = desk.sign_in(lena, "/queues/approval")
    page.keyboard.press("n")
    expect(page.get_by_text("In your hands.")).to_be_visible()
    expect(page.get_by_text("tester asks to give $150.00 up")).to_be_visible()
    page.keyboard.press("y")
    expect(page.get_by_text("Written off.")).to_be_visible()
    assert office.denial(denial_id).state == DenialState.WRITTEN_OFF
    assert desk.complaints == []
