"""The pages in a real browser, served by the real server."""

from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import ViewportSize, expect

from models.states.work_item import Queue
from models.values.access import Role
from revcycle.rules.access.secret_texts import RECOVERY_CODES
from tests.pages.browser import Desk, address, browser_tests, chromium, desk, fill
from tests.pages.page_examples import HOSTILE, NOON, a_mail, add_practice, items_in
from tests.people import ONE_TIME, Colleague, invite, join

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests
PHONE: ViewportSize = {"width": 380, "height": 800}


@pytest.fixture(autouse=True)
def work(database_url: str, mail_folder: Path) -> None:
    """Work of two practices and one mail."""
    add_practice(database_url, "lakeside", items_in(Queue.CODING, 60, detail=HOSTILE))
    add_practice(database_url, "summit", items_in(Queue.DENIAL, 2))
    (mail_folder / "20261120T170000.000001Z-1.eml").write_bytes(bytes(a_mail()))


@pytest.fixture
def mia(database_url: str) -> Colleague:
    """A manager with a password and a telephone."""
    return join(database_url, "mia.hill", [Role.MANAGER])


def test_a_person_walks_through_the_pages_without_an_error_or_a_request_elsewhere(
    desk: Desk, mia: Colleague
) -> None:
    page = desk.sign_in(mia)
    page.on("dialog", lambda dialog: desk.complaints.append(dialog.message))
    page.locator("#main").get_by_role("link", name="Coding").first.click()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("link", name="First page")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(10)
    page.get_by_label("Practice").select_option("lakeside")
    expect(page.locator("[data-row]")).to_have_count(50)
    assert desk.path.startswith("/queues/coding?client=lakeside")
    page.set_viewport_size(PHONE)
    for path in ("/", "/queues/coding", "/mails", "/account", "/sign-in"):
        desk.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    assert desk.complaints == []
    assert desk.strays == []


def test_at_double_size_nothing_scrolls_sideways(desk: Desk, mia: Colleague) -> None:
    page = desk.sign_in(mia)
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 at 200 %
    for path in ("/", "/queues/coding", "/queues/denial", "/mails", "/account"):
        desk.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path


def test_a_mail_in_its_frame_runs_nothing(desk: Desk, mia: Colleague) -> None:
    dialogs: list[str] = []
    page = desk.sign_in(mia, "/mails")
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.get_by_role("link", name="Your statement").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Please pay")).to_be_visible()
    assert dialogs == []


def test_the_first_day_in_a_browser_password_app_and_recovery_codes(
    desk: Desk, database_url: str
) -> None:
    invite(database_url, "ann.meadow", [Role.CODER])
    page = desk.go("/queues/coding")
    fill(page, "Login", "ann.meadow")
    fill(page, "Password", ONE_TIME)
    page.get_by_role("button", name="Sign in").click()
    fill(page, "Password", "correct lantern otter brick")
    fill(page, "The same again", "correct lantern otter brick")
    page.get_by_role("button", name="Keep it").click()
    picture = page.get_by_alt_text("The secret for your app")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 100
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    fill(page, "Code the app shows", pyotp.TOTP(secret).at(NOON))
    page.get_by_role("button", name="Enrol").click()
    expect(page.locator(".codes li")).to_have_count(RECOVERY_CODES)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Queues")).to_be_visible()
    expect(page.get_by_role("link", name="Mails")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert desk.complaints == []
