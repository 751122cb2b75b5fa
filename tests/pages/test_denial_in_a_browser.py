"""A denial specialist appeals in a browser, mostly by keys."""

import pytest
from playwright.sync_api import expect

from models.states.appeal import AppealState
from models.states.denial import DenialState
from models.states.work_item import Queue
from models.values.access import Role
from revcycle.store import appeals
from revcycle.store.session import transaction
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.denial_office import DenialOffice, open_office
from tests.people import Colleague, hire

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice without denials yet."""
    return open_office(database_url)


@pytest.fixture
def dana(database_url: str, office: DenialOffice) -> Colleague:
    """A denial specialist of the practice."""
    queues = (Queue.DENIAL, Queue.APPEAL)
    return hire(database_url, "dana", Role.DENIAL_SPECIALIST, [office.client_id], *queues)


def test_a_denial_is_taken_appealed_and_its_letter_sent_by_keys(
    desk: Desk, office: DenialOffice, dana: Colleague, database_url: str
) -> None:
    denial_id = office.deny("CO", "50")
    page = desk.sign_in(dana, "/queues/denial")
    page.keyboard.press("n")
    expect(page.get_by_text("In your hands.")).to_be_visible()
    letter = page.get_by_label("The letter; an empty line")
    expect(letter).to_be_visible()  # the playbook says to appeal, so it stands open
    letter.fill("Subject: Please look again\n\nThe record shows why it was needed.")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    sheet = page.get_by_label("The letter as it leaves")
    expect(sheet.get_by_role("heading", name="Please look again")).to_be_visible()
    letter.focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The letter is kept.")).to_be_visible()
    assert desk.path == office.address(Queue.APPEAL, denial_id)
    assert office.denial(denial_id).state == DenialState.APPEALED
    with page.expect_download() as download:
        page.keyboard.press("p")
    assert download.value.suggested_filename.startswith("appeal-")
    page.get_by_label("How it left").select_option("fax")
    page.get_by_label("On which day").focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing is left here")).to_be_visible()
    with transaction(database_url, office.client_id) as session:
        (appeal,) = appeals.list_appeals(session, office.client_id, denial_id)
    assert appeal.state is AppealState.SENT
    assert (desk.complaints, desk.strays) == ([], [])


def test_a_packet_is_made_of_letter_remittance_form_and_proof(
    desk: Desk, office: DenialOffice, dana: Colleague
) -> None:
    office.deny("CO", "50")
    page = desk.sign_in(dana, "/queues/denial")
    page.keyboard.press("n")
    letter = page.get_by_label("The letter; an empty line")
    letter.focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The letter is kept.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the packet").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.reload()
    expect(page.get_by_role("link", name="the packet as PDF")).to_be_visible()
    assert desk.complaints == []
