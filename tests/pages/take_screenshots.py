"""The pictures of the documentation, taken anew: ``make screenshots``.

They show a demo's home (``REVCYCLE_HOME``): invented practices, invented patients. Every page is
taken in light and dark, 1440 pixels wide, and written as a PNG with a palette so that the
repository stays small.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

import pyotp
import typer
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from rich.progress import track

from models.states.work_item import Queue
from revcycle.connectors import clock
from revcycle.settings import settings
from tests.pages.browser import CHROMIUM, DESKTOP, fill, serving
from workbench.commands.secret_key import sealing_key
from workbench.pages.app import create_app

IMAGES: Final = Path(__file__).parents[2] / "docs" / "images" / "workbench"
SCHEMES: Final[Sequence[Literal["light", "dark"]]] = ("light", "dark")
COLOURS: Final = 96
LEAD = "tom.lake"
CODER = "cleo.reed"
MANAGER = "mia.hill"
PRACTICE = "olaf.pine"
BOOKS: Final = "/books/harbor_outpatient"
BOOK_ROOMS: Final = (
    "trial",
    "ageing",
    "entries",
    "periods",
    "deposits",
    "posting",
    "recoveries",
    "refunds",
    "contracts",
    "variances",
    "what-if",
    "write-offs",
    "prevention",
)


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        path: The page, or a list and ``*`` for its first item, which is opened beside it.
        key: What is pressed before the picture is taken.
    """

    name: str
    login: str
    path: str
    key: str = ""


# Whoever builds a main page adds it here.
SHOTS: Final[Sequence[Shot]] = (
    Shot("queues", LEAD, "/"),
    *(Shot(f"queue-{queue}", LEAD, f"/queues/{queue}") for queue in (Queue.CODING, Queue.DENIAL)),
    *(Shot(f"item-{queue}", LEAD, f"/queues/{queue}/*") for queue in Queue),
    Shot("suggestions", LEAD, "/queues/coding/*", "y"),
    Shot("favourites", CODER, "/codes/lakeside_family/favourites"),
    Shot("coding-audits", MANAGER, "/coding/lakeside_family/audits"),
    Shot("coding-anomalies", MANAGER, "/coding/lakeside_family/anomalies"),
    Shot("reference", MANAGER, "/reference"),
    Shot("keys", LEAD, "/queues/denial", "?"),
    Shot("account", LEAD, "/account"),
    Shot("search", LEAD, "/search"),
    Shot("board", MANAGER, "/board"),
    Shot("people", MANAGER, "/people"),
    Shot("audit", MANAGER, "/audit"),
    Shot("mails", MANAGER, "/mails"),
    Shot("clocks", MANAGER, "/clocks"),
    *(Shot(f"books-{room}", MANAGER, f"{BOOKS}/{room}") for room in BOOK_ROOMS),
    Shot("portal", PRACTICE, "/portal"),
)


def take_screenshots() -> None:
    """Take every picture whose page has something to show; say which have not."""
    home = settings().home
    app = create_app(settings().database, key=sealing_key(), mail_folder=home / "mails")
    missing = []
    with serving(app) as address, opened_browser() as browser:
        pages = {login: sign_in(browser, address, home, login) for login in logins()}
        for shot in track(SHOTS, description="pictures"):
            if not is_shown(pages[shot.login], address, shot):
                missing.append(shot.name)
                continue
            for scheme in SCHEMES:
                take(pages[shot.login], shot, scheme)
    size = sum(path.stat().st_size for path in IMAGES.glob("*.png"))
    typer.echo(
        f"{IMAGES}: {size / 1e6:.1f} MB; nothing to show for: {', '.join(missing) or 'none'}"
    )


def logins() -> list[str]:
    """Name whoever looks at a page of these."""
    return sorted({shot.login for shot in SHOTS})


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Start the system's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def sign_in(browser: Browser, address: str, home: Path, login: str) -> Page:
    """Sign in as one of the demo's staff."""
    staff = {one["login"]: one for one in json.loads((home / "staff.json").read_text())}
    page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    page.goto(f"{address}/sign-in")
    fill(page, "Login", login)
    fill(page, "Password", staff[login]["password"])
    page.keyboard.press("Enter")
    fill(page, "Code", pyotp.TOTP(staff[login]["secret"]).at(clock.now()))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()
    return page


def is_shown(page: Page, address: str, shot: Shot) -> bool:
    """Go to a page; tell whether there is something to take a picture of."""
    answer = page.goto(address + shot.path.removesuffix("/*"))
    if answer is None or not answer.ok:
        return False
    if shot.path.endswith("/*"):
        if not page.locator("a.open").count():
            return False
        page.locator("a.open").first.click()
        page.locator("#item").wait_for()
        if page.locator("[data-key=t]").count():
            page.keyboard.press("t")
            page.get_by_text("In your hands.").wait_for()
            page.locator("[data-row]").first.wait_for()
    if shot.key:
        page.keyboard.press(shot.key)
        page.locator("body:not(:has(.htmx-request))").wait_for(state="attached")
    return True


def take(page: Page, shot: Shot, scheme: Literal["light", "dark"]) -> None:
    """Take one picture, as tall as the page but not taller than two screens."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), 2 * DESKTOP[1])
    height = max(height, DESKTOP[1])
    page.set_viewport_size({"width": DESKTOP[0], "height": height})  # what sticks covers nothing
    png = page.screenshot()
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(IMAGES / f"{shot.name}-{scheme}.png", optimize=True)


if __name__ == "__main__":
    typer.run(take_screenshots)
