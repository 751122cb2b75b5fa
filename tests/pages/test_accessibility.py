"""axe-core finds nothing on any main page: light and dark, at a desk and on a telephone.

Source:
    WCAG 2.2 AA, as far as axe-core 4 can judge it; names, roles, contrast, structure.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it ships no types
from playwright.sync_api import Page

from models.states.work_item import Queue
from models.values.access import Role
from revcycle.rules.access.rights import access_of
from tests.pages.browser import DESKTOP, PHONE, Desk, address, browser_tests, chromium, desk
from tests.pages.page_examples import HOSTILE, a_mail, add_practice, items_in
from tests.people import Colleague, hire

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests

# Whoever builds a page adds it here. ``*`` at the end opens the first item of that list.
PAGES: Sequence[tuple[Role, str]] = (
    (Role.TEAM_LEAD, "/"),
    (Role.TEAM_LEAD, "/queues/scrub"),
    (Role.TEAM_LEAD, "/queues/scrub?reason=none"),
    (Role.TEAM_LEAD, "/queues/scrub/*"),
    (Role.TEAM_LEAD, "/queues/denial/*"),
    (Role.TEAM_LEAD, "/account"),
    (Role.TEAM_LEAD, "/search"),
    (Role.TEAM_LEAD, "/people/me"),
    (Role.TEAM_LEAD, "/people/me/charts"),
    (Role.TEAM_LEAD, "/people/me/questions"),
    (Role.MANAGER, "/board/owed"),
    (Role.MANAGER, "/board/postings?figure=charged"),
    (Role.TEAM_LEAD, "/coding/suggestions"),
    (Role.TEAM_LEAD, "/emergency"),
    (Role.TEAM_LEAD, "/queues/none"),
    (Role.MANAGER, "/mails"),
    (Role.MANAGER, "/reference"),
    (Role.MANAGER, "/board"),
    (Role.MANAGER, "/board/items?kind=waiting"),
    (Role.MANAGER, "/board/claims?state=denied&day=2026-11-20"),
    (Role.MANAGER, "/board/firsts?answer=denied"),
    (Role.MANAGER, "/board/denials"),
    (Role.MANAGER, "/board/files?trouble=quarantined"),
    (Role.MANAGER, "/board/money"),
    (Role.MANAGER, "/clocks"),
    (Role.MANAGER, "/books/lakeside/refunds"),
    (Role.MANAGER, "/stages"),
    (Role.MANAGER, "/people"),
    (Role.MANAGER, "/audit"),
    (Role.MANAGER, "/books"),
    (Role.MANAGER, "/books/lakeside/trial"),
    (Role.MANAGER, "/books/lakeside/ageing"),
    (Role.MANAGER, "/books/lakeside/entries"),
    (Role.MANAGER, "/books/lakeside/charges"),
    (Role.MANAGER, "/books/lakeside/deposits"),
    (Role.MANAGER, "/books/lakeside/periods"),
    (Role.POSTER, "/books/lakeside/posting"),
    (Role.POSTER, "/books/lakeside/posting/claims"),
    (Role.POSTER, "/books/lakeside/posting/payments"),
    (Role.POSTER, "/books/lakeside/recoveries"),
    (Role.MANAGER, "/books/lakeside/contracts"),
    (Role.MANAGER, "/books/lakeside/variances"),
    (Role.MANAGER, "/books/lakeside/write-offs"),
    (Role.MANAGER, "/books/lakeside/what-if"),
    (Role.MANAGER, "/books/lakeside/prevention"),
    (Role.MANAGER, "/coding/audits"),
    (Role.MANAGER, "/coding/lakeside/audits"),
    (Role.MANAGER, "/coding/lakeside/anomalies"),
    (Role.MANAGER, "/coding/lakeside/anomalies/notes"),
    (Role.CODER, "/codes/lakeside/favourites"),
    (Role.OFFICE_MANAGER, "/portal"),
    (Role.OFFICE_MANAGER, "/portal/queries"),
    (Role.OFFICE_MANAGER, "/portal/claims"),
    (Role.OFFICE_MANAGER, "/portal/statements"),
    (Role.OFFICE_MANAGER, "/portal/reports"),
    (Role.OFFICE_MANAGER, "/portal/files"),
    (Role.COMPLIANCE, "/emergency/reviews"),
    (Role.COMPLIANCE, "/mails"),
)
NOT_FOUND = ("/queues/none",)
STRANGERS_PAGES = ("/sign-in",)
SIZES = (DESKTOP, PHONE)
SCHEMES: Sequence[Literal["light", "dark"]] = ("light", "dark")


@pytest.fixture
def people(database_url: str, mail_folder: Path) -> dict[Role, Colleague]:
    """One person of each role that the pages name, at a practice with work and a mail."""
    work = [*items_in(Queue.SCRUB, 3, detail=HOSTILE), *items_in(Queue.DENIAL, 2, service_hours=1)]
    lakeside = add_practice(database_url, "lakeside", work)
    add_practice(database_url, "summit")
    (mail_folder / "20261120T170000.000001Z-1.eml").write_bytes(bytes(a_mail()))
    roles = {role for role, _ in PAGES}
    return {
        role: hire(database_url, role, role, [lakeside], *access_of([role]).queues)
        for role in sorted(roles)
    }


@pytest.mark.parametrize("role", sorted({role for role, _ in PAGES}))
def test_axe_finds_nothing(desk: Desk, people: dict[Role, Colleague], role: Role) -> None:
    page = desk.sign_in(people[role], "/account")
    found: dict[str, list[str]] = {}
    for _, path in (one for one in PAGES if one[0] == role):
        visit(desk, path)
        found |= judge(page, path)
    assert found == {}


def test_axe_finds_nothing_before_anybody_signed_in(desk: Desk) -> None:
    found: dict[str, list[str]] = {}
    for path in STRANGERS_PAGES:
        found |= judge(desk.go(path), path)
    assert found == {}


def visit(desk: Desk, path: str) -> None:
    """Open a page, or the first item of a list and all that can be opened in it."""
    page = desk.go(path.removesuffix("/*"))
    is_error = page.locator("#error").count() > 0
    assert is_error == (path in NOT_FOUND), path
    if path.endswith("/*"):
        page.locator("a.open").first.click()
        page.locator("#item").wait_for()
        page.keyboard.press("t")
        page.get_by_text("In your hands.").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def judge(page: Page, path: str) -> dict[str, list[str]]:
    """Look at a page in each size, light and dark; name what is wrong by rule and place."""
    found: dict[str, list[str]] = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            problems = [say(one) for one in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problems.append("it scrolls sideways")
            if problems:
                found[f"{path} {width} {scheme}"] = problems
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return found


def say(violation: Mapping[str, Any]) -> str:
    """Name a rule and the first places that break it."""
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
    return f"{violation['id']}: {'; '.join(places)}"
