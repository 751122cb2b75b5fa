"""What tests in a browser share: a running workbench, the system's Chromium, people who sign in.

A test module takes the fixtures by importing them; ``browser_tests`` are its marks.
"""

import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.pages.page_examples import NOON
from tests.people import KEY, Colleague
from workbench.pages.app import create_app

CHROMIUM = Path("/usr/bin/chromium")
DESKTOP = (1440, 900)
PHONE = (390, 844)

browser_tests = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="Chromium is missing; on Debian: apt-get install chromium"
    ),
]


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def address(database_url: str, mail_folder: Path) -> Generator[str]:
    """The address of a running workbench, at noon."""
    with serving(
        create_app(database_url, key=KEY, mail_folder=mail_folder, now=lambda: NOON)
    ) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Generator[Browser]:
    """The system's browser, once a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@dataclass
class Desk:
    """A person's browser.

    Attributes:
        complaints: What the console said, what failed, and what asked for attention.
        strays: Requests that went anywhere but to the workbench.
    """

    context: BrowserContext
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page by its path."""
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, colleague: Colleague, path: str = "/") -> Page:
        """Sign in with password and app, and arrive where one wanted to go."""
        self.go(path)
        fill(self.page, "Login", colleague.login)
        fill(self.page, "Password", colleague.password)
        self.page.keyboard.press("Enter")
        fill(self.page, "Code", colleague.code())
        self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name="Sign out").wait_for()
        return self.page

    def tab(self) -> Page:
        """Open a second tab of the same person."""
        return self._watched(self.context.new_page())

    @property
    def path(self) -> str:
        """Where the first tab is, without what is said there."""
        parts = urlsplit(self.page.url)
        query = "&".join(one for one in parts.query.split("&") if not one.startswith("said="))
        return f"{parts.path}?{query}" if query else parts.path

    def _watched(self, page: Page) -> Page:
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))
        return page

    def _watch(self, url: str) -> None:
        if not url.startswith(self.address):
            self.strays.append(url)


def open_desk(chromium: Browser, address: str, *, size: tuple[int, int] = DESKTOP) -> Desk:
    """Open a browser of one person, with nothing kept in it."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    desk = Desk(context, context.new_page(), address)
    desk._watched(desk.page)
    return desk


@pytest.fixture
def desk(chromium: Browser, address: str) -> Generator[Desk]:
    """A person's browser, closed in the end."""
    opened = open_desk(chromium, address)
    yield opened
    opened.context.close()


def fill(page: Page, label: str, text: str) -> None:
    """Fill in the field that is labelled so."""
    page.get_by_label(label, exact=True).fill(text)
