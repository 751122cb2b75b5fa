"""The pages in a real browser, served by the real server."""

import socket
from collections.abc import Generator
from pathlib import Path
from threading import Thread

import pyotp
import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from models.states.work_item import Queue
from models.values.access import Role
from revcycle.rules.access.secret_texts import RECOVERY_CODES
from tests.pages.page_examples import HOSTILE, NOON, a_mail, add_practice, items_in
from tests.people import KEY, ONE_TIME, Colleague, invite, join
from workbench.pages.app import create_app

CHROMIUM = Path("/usr/bin/chromium")
PHONE = {"width": 380, "height": 800}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="Chromium is missing; on Debian: apt-get install chromium"
    ),
]


@pytest.fixture
def address(database_url: str, mail_folder: Path) -> Generator[str]:
    """The address of a running workbench with work of two practices and one mail."""
    add_practice(database_url, "lakeside", items_in(Queue.CODING, 60, detail=HOSTILE))
    add_practice(database_url, "summit", items_in(Queue.DENIAL, 2))
    (mail_folder / "20261120T170000.000001Z-1.eml").write_bytes(bytes(a_mail()))
    app = create_app(database_url, key=KEY, mail_folder=mail_folder, now=lambda: NOON)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def mia(database_url: str) -> Colleague:
    """A manager with a password and a telephone."""
    return join(database_url, "mia.hill", [Role.MANAGER])


def sign_in(page: Page, address: str, colleague: Colleague) -> None:
    """Sign in with password and app, and arrive where one wanted to go."""
    page.goto(address)
    page.get_by_label("Login", exact=True).fill(colleague.login)
    page.get_by_label("Password", exact=True).fill(colleague.password)
    page.keyboard.press("Enter")
    page.get_by_label("Code", exact=True).fill(colleague.code())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()


def test_a_person_walks_through_the_pages_without_an_error_or_a_request_elsewhere(
    address: str, mia: Colleague
) -> None:
    complaints: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))

        sign_in(page, address, mia)
        page.get_by_role("link", name="Coding").first.click()
        page.get_by_role("link", name="Next").click()
        assert page.get_by_text("Page 2 of 2").is_visible()
        page.get_by_label("Practice").select_option("lakeside")
        page.get_by_role("button", name="Show").click()
        assert page.url == f"{address}/queues/coding?client=lakeside"
        page.set_viewport_size({"width": 380, "height": 800})
        for path in ("/", "/queues/coding", "/mails", "/account", "/sign-in"):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        chromium.close()

    assert complaints == []
    assert requests
    assert [url for url in requests if not url.startswith(address)] == []


def test_a_mail_in_its_frame_runs_nothing(address: str, mia: Colleague) -> None:
    dialogs: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        sign_in(page, f"{address}/mails", mia)
        page.get_by_role("link", name="Your statement").click()
        frame = page.frame_locator("iframe")
        assert frame.get_by_role("heading", name="Please pay").is_visible()
        chromium.close()
    assert dialogs == []


def test_the_first_day_in_a_browser_password_app_and_recovery_codes(
    address: str, database_url: str
) -> None:
    invite(database_url, "ann.meadow", [Role.CODER])
    complaints: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))

        page.goto(f"{address}/queues/coding")
        page.get_by_label("Login", exact=True).fill("ann.meadow")
        page.get_by_label("Password", exact=True).fill(ONE_TIME)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("Password", exact=True).fill("correct lantern otter brick")
        page.get_by_label("The same again").fill("correct lantern otter brick")
        page.get_by_role("button", name="Keep it").click()
        picture = page.get_by_alt_text("The secret for your app")
        assert picture.evaluate("image => image.complete && image.naturalWidth") > 100
        secret = page.locator("code.secret").inner_text().replace(" ", "")
        page.get_by_label("Code the app shows").fill(pyotp.TOTP(secret).at(NOON))
        page.get_by_role("button", name="Enrol").click()
        assert page.locator(".codes li").count() == RECOVERY_CODES
        page.get_by_role("link", name="I have kept them").click()
        assert page.get_by_role("heading", name="Queues").is_visible()
        assert page.get_by_role("link", name="Mails").count() == 0
        page.get_by_role("button", name="Sign out").click()
        page.go_back()
        assert page.get_by_role("heading", name="Sign in").is_visible()
        chromium.close()
    assert complaints == []
