"""A coder's morning by keys alone."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from models.documents.billing_code import BillingCodeDocument
from models.states.work_item import Queue
from models.values.access import Role
from models.values.billing_codes import CodeSystem
from revcycle.store import billing_codes
from revcycle.store.session import transaction
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.charts import add_charts
from tests.pages.test_accessibility import judge, visit
from tests.people import Colleague, hire

__all__ = ["address", "chromium", "desk"]
pytestmark = browser_tests
KNEES = {"M25561": "Pain in right knee", "M25562": "Pain in left knee"}


@pytest.fixture
def ann(database_url: str, mail_folder: Path) -> Colleague:
    """A coder with two charts, and a list of codes to search."""
    assert mail_folder.exists()
    client_id = add_charts(database_url, "lakeside", 2)
    queues = (Queue.CODING, Queue.PROVIDER_QUERY)
    colleague = hire(database_url, "ann", Role.CODER, [client_id], *queues)
    begin = date(2015, 10, 1)
    knees = [
        BillingCodeDocument(CodeSystem.ICD10CM, code, title, begin, None, is_billable=True)
        for code, title in KNEES.items()
    ]
    with transaction(database_url, client_id) as session:
        list(billing_codes.replace_codes(session, CodeSystem.ICD10CM, knees))
    return colleague


def wait_for_findings(page: Page, text: str) -> None:
    expect(page.locator("#coding-findings")).to_contain_text(text)


def focus_is_on(page: Page, place: str) -> None:
    expect(page.locator(f"#{place}")).to_be_focused()


def test_a_chart_is_coded_by_keys_with_codes_found_by_words_and_the_next_one_comes(
    desk: Desk, ann: Colleague
) -> None:
    page = desk.sign_in(ann, "/queues/coding")
    keys = page.keyboard
    keys.press("n")
    page.locator("#coding-form").wait_for()
    first = desk.path

    keys.press("c")
    focus_is_on(page, "diagnosis-2")
    keys.type("knee left")
    page.get_by_role("option", name="M25.562").wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#diagnosis-2")).to_have_value("M25.562")
    expect(page.locator(".diagnosis").nth(1).locator(".title")).to_have_text("Pain in left knee")
    wait_for_findings(page, "at least one service is needed")

    keys.press("Enter")  # a new row, and from an empty row on to the services
    focus_is_on(page, "diagnosis-3")
    keys.press("Enter")
    focus_is_on(page, "service-1-procedure")
    keys.type("99213")
    for text in ("25", "", "9"):
        keys.press("Tab")
        keys.type(text)
    wait_for_findings(page, "Service 1, diagnoses it was for")
    keys.press("Backspace")
    keys.type("1 2")
    wait_for_findings(page, "Nothing stops these codes.")

    page.locator("#diagnosis-2").focus()
    keys.press("Alt+ArrowUp")
    focus_is_on(page, "diagnosis-1")
    expect(page.locator("#diagnosis-1")).to_have_value("M25.562")
    expect(page.locator("#service-1-pointers")).to_have_value("2, 1")

    keys.press("Control+Enter")
    page.wait_for_url("**said=next")
    page.locator("#coding-form").wait_for()
    assert desk.path != first
    assert desk.complaints == []
    assert desk.strays == []


def test_a_row_that_was_added_by_a_key_can_be_removed_by_one_and_text_is_kept(
    desk: Desk, ann: Colleague
) -> None:
    page = desk.sign_in(ann, "/queues/coding")
    keys = page.keyboard
    keys.press("n")
    page.locator("#coding-form").wait_for()
    keys.press("v")
    keys.type("99213")
    keys.press("Enter")
    focus_is_on(page, "service-2-procedure")
    keys.type("93000")
    keys.press("Alt+Delete")
    expect(page.locator(".service")).to_have_count(2)
    focus_is_on(page, "service-2-procedure")
    expect(page.locator("#service-1-procedure")).to_have_value("99213")
    assert desk.complaints == []


def test_what_is_typed_is_not_kept_any_more_once_the_form_is_sent(
    desk: Desk, ann: Colleague
) -> None:
    """The answer is on its way; the item is in nobody's hands, and keeping would be refused."""
    page = desk.sign_in(ann, "/queues/coding")
    page.keyboard.press("n")
    page.locator("#coding-form").wait_for()
    page.clock.install()
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    kept: list[str] = []
    page.on("request", lambda one: kept.append(one.url) if one.url.endswith("/typed") else None)

    page.locator("#service-1-procedure").fill("99213")
    page.clock.run_for(1_500)
    page.locator("#typing .is-kept").wait_for()
    assert len(kept) == 1

    page.locator("#service-1-procedure").fill("99214")
    page.keyboard.press("Control+Enter")
    page.clock.run_for(1_500)
    assert len(kept) == 1


def test_axe_finds_nothing_on_a_chart_with_findings_and_codes_found(
    desk: Desk, ann: Colleague
) -> None:
    page = desk.sign_in(ann, "/account")
    visit(desk, "/queues/coding/*")
    page.locator("#service-1-procedure").fill("99213")
    page.locator("#service-1-pointers").fill("9")
    page.locator("#diagnosis-2").press_sequentially("knee")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    wait_for_findings(page, "Service 1, diagnoses it was for")
    assert judge(page, "coding") == {}
    page.locator("#diagnosis-2").fill("")
    page.locator("#question").fill("On which side was the pain?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**said=asked")
    visit(desk, "/queues/provider_query/*")
    assert judge(page, "provider query") == {}
