"""An office manager's morning in a real browser: a question, a file, and what became of both."""

from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import expect

from models.documents.act import Act
from models.states.work_item import Queue
from models.values.access import Role
from tests.integration.intake_records import a_record
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.front_desk_office import add_office, items_of, receive
from tests.pages.portal_office import OWN, PDF, QUESTION, ask
from tests.pages.test_accessibility import judge
from tests.pages.test_portal_money import bill_claims, send_statement_and_report
from tests.people import Colleague, join

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests
HALF_A_FILE = b'{"resourceType": "Bundle", "entry": ['
MONEY = ("/portal", "/portal/claims", "/portal/statements", "/portal/reports")
NO_VISITS = b'{"resourceType": "Bundle", "type": "collection", "entry": []}'


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice that sent a chart, of which a coder asked something."""
    client_id = add_office(database_url, OWN)
    receive(database_url, client_id, [a_record(1)])
    ask(database_url, client_id)
    return client_id


@pytest.fixture
def olaf(database_url: str, lakeside: UUID) -> Colleague:
    """An office manager with a password and a telephone."""
    return join(database_url, "olaf", [Role.OFFICE_MANAGER], [lakeside])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A scan on the office's own disk."""
    path = tmp_path / "operative report.pdf"
    path.write_bytes(PDF)
    return path


def test_a_question_is_answered_with_a_file_and_stands_as_answered(
    desk: Desk, olaf: Colleague, report: Path, database_url: str, lakeside: UUID
) -> None:
    page = desk.sign_in(olaf)
    assert desk.path == "/portal"
    page.get_by_role("definition").get_by_role("link", name="1", exact=True).click()
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_label("In words").fill("The left knee, acute.")
    page.get_by_label("Files").set_input_files(report)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("No question waits")).to_be_visible()
    page.get_by_role("link", name=QUESTION).click()
    expect(page.get_by_text("Answered Nov 20, 2026")).to_be_visible()
    expect(page.get_by_text("operative report.pdf")).to_be_visible()
    (item,) = items_of(database_url, lakeside, Queue.CODING)
    assert item.reason == "coding.query_answered"
    assert desk.complaints == []
    assert desk.strays == []


def test_a_file_is_refused_in_words_and_then_sent_and_read(
    desk: Desk, olaf: Colleague, tmp_path: Path
) -> None:
    half, whole = tmp_path / "half.json", tmp_path / "visits.json"
    half.write_bytes(HALF_A_FILE)
    whole.write_bytes(NO_VISITS + b" " * 200_000)
    page = desk.sign_in(olaf, "/portal/files")
    page.get_by_label("Where it belongs").select_option("records")
    page.get_by_label("File", exact=True).set_input_files(half)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("alert")).to_contain_text("half.json cannot be read")
    page.get_by_label("File", exact=True).set_input_files(whole)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="visits.json")).to_be_visible()
    expect(page.get_by_text("It waits for the next run")).to_be_visible()
    page.get_by_role("link", name="Files", exact=True).click()
    expect(page.get_by_role("link", name="visits.json")).to_be_visible()
    page.get_by_role("link", name="visits.csv").click()
    expect(page.get_by_text("entry 1")).to_be_visible()


def test_axe_finds_nothing_where_questions_and_files_are(desk: Desk, olaf: Colleague) -> None:
    page = desk.sign_in(olaf)
    found = judge(page, "/portal")
    for path in ("/portal/queries", "/portal/files"):
        found |= judge(desk.go(path), path)
        page.locator("a.open").first.click()
        page.get_by_label("Where you are").wait_for()
        found |= judge(page, f"one of {path}")
    assert found == {}


def test_axe_finds_nothing_where_money_is(desk: Desk, database_url: str, act: Act) -> None:
    bill_claims(database_url, act)
    send_statement_and_report(database_url, act)
    desk.sign_in(join(database_url, "otto", [Role.OFFICE_MANAGER], [act.client_id]))
    found: dict[str, list[str]] = {}
    for path in MONEY:
        page = desk.go(path)
        expect(page.locator("tbody tr").first).to_be_visible()
        found |= judge(page, path)
    assert found == {}
