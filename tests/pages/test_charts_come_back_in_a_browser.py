"""A chart goes back to its coder by keys alone, and both pages can be used by everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from models.states.work_item import Queue
from models.values.access import Role
from tests.integration.submission.office import Office
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.test_accessibility import judge
from tests.pages.test_charts_that_come_back import KEY, WORDS, office
from tests.people import Colleague, hire

__all__ = ["address", "chromium", "desk", "office"]
pytestmark = browser_tests


@pytest.fixture
def ben(office: Office, mail_folder: Path) -> Colleague:
    """A biller of a practice with a held claim."""
    assert mail_folder.exists()
    return hire(office.url, "ben", Role.BILLER, [office.act.client_id], Queue.SCRUB)


def test_a_biller_sends_a_chart_back_by_keys_and_the_coder_sees_why(
    desk: Desk, office: Office, ben: Colleague
) -> None:
    page = desk.sign_in(ben, "/queues/scrub")
    page.keyboard.press("n")
    page.get_by_text("Back to the coder", exact=False).first.wait_for()
    page.keyboard.press("m")
    words = page.get_by_label("What the coder shall look at")
    words.fill(WORDS)
    assert judge(page, "claim") == {}
    words.press("Tab")
    page.get_by_role("button", name="Send it back", exact=True).first.click()
    expect(page.get_by_text("The chart waits for a coder")).to_be_visible()

    desk.context.clear_cookies()
    ann = hire(office.url, "ann", Role.CODER, [office.act.client_id], Queue.CODING)
    (item,) = office.open_items(Queue.CODING)
    page = desk.sign_in(ann, f"/queues/{Queue.CODING}/{KEY}/{item.id}")
    expect(page.get_by_role("heading", name="It came back from its claim")).to_be_visible()
    expect(page.get_by_role("heading", name=WORDS)).to_be_visible()
    page.keyboard.press("t")
    page.locator("#coding-form").wait_for()
    assert judge(page, "chart") == {}
