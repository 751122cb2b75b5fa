"""A claim that its payer is silent about is asked about again, by keys."""

import pytest
from playwright.sync_api import expect

from models.states.status_check import StatusCheckState
from models.states.work_item import Queue
from models.tables import StatusCheck
from models.values.access import Role
from tests.integration.submission.office import Office
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.test_follow_up_pages import PAID, answer, office
from tests.people import Colleague, hire

__all__ = ["address", "chromium", "desk", "office"]  # fixtures

pytestmark = browser_tests


@pytest.fixture
def dana(database_url: str, office: Office) -> Colleague:
    """A denial specialist who follows up."""
    practices = [office.act.client_id]
    return hire(database_url, "dana", Role.DENIAL_SPECIALIST, practices, Queue.FOLLOW_UP)


def test_a_payer_that_says_it_paid_is_asked_again(
    desk: Desk, office: Office, dana: Colleague
) -> None:
    page = desk.sign_in(dana, answer(office, PAID))
    page.keyboard.press("t")
    expect(page.get_by_text("In your hands.")).to_be_visible()
    page.keyboard.press("q")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("The payer is asked with the next files.")).to_be_visible()
    states = [check.state for check in office.all(StatusCheck)]
    assert sorted(states) == [StatusCheckState.ANSWERED, StatusCheckState.OPEN]
    assert (desk.complaints, desk.strays) == ([], [])
