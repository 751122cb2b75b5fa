"""A manager in the books, in a browser: closes a month, asks what if, switches an edit on."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from models.states.learned_edit import EditState
from models.tables import LearnedEdit
from models.values.access import Role
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.contract_house import KEY, keep_contracts, open_house
from tests.pages.full_books import propose
from tests.people import Colleague, join

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests
BOOKS = f"/books/{KEY}"


@pytest.fixture
def mia(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Colleague:
    """The manager of a practice with a contract, a claim paid too little, and a proposed edit."""
    folder = tmp_path / "configs"
    keep_contracts(folder)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(folder))
    settings.cache_clear()
    propose(open_house(database_url, folder).contracts.office, "authorization")
    return join(database_url, "mia", [Role.MANAGER])


def test_a_manager_closes_a_month_asks_what_if_and_switches_an_edit_on(
    desk: Desk, mia: Colleague, database_url: str
) -> None:
    page = desk.sign_in(mia, f"{BOOKS}/periods")
    page.get_by_label("Close 2026-10 for ever").check()
    page.get_by_role("button", name="Close 2026-10").click()
    expect(page.get_by_role("table").get_by_role("link", name="2026-10")).to_be_visible()

    desk.go(f"{BOOKS}/what-if")
    page.get_by_label("Services from").fill("2026-10-01")
    page.get_by_label("to", exact=True).fill("2026-10-31")
    terms = page.get_by_label("contracts.csv")
    terms.fill(terms.input_value().replace("90.00", "95.00"))
    page.get_by_label("to", exact=True).focus()
    page.get_by_role("button", name="Price again").click()
    expect(page.get_by_role("heading", name="$5.00 more under the changed terms")).to_be_visible()

    desk.go(f"{BOOKS}/prevention")
    page.locator("a.open").first.click()
    page.get_by_label("I have looked at the").check()
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("button", name="Switch it off")).to_be_visible()
    with transaction(database_url) as session:
        edit = session.exec(select(LearnedEdit)).one()
    assert (edit.state, edit.decided_by) == (EditState.ON, "mia")
    assert (desk.complaints, desk.strays) == ([], [])
