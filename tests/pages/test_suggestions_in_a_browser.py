"""A coder takes over what the note suggests, by keys alone, and what became of it is noted."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from models.states.work_item import Queue
from models.tables import ClinicalNote, SuggestedCode
from models.values.access import Role
from revcycle.connectors.code_book import _path
from revcycle.rules.suggestions.stored import write_book
from revcycle.store.session import transaction
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.charts import add_charts
from tests.pages.test_accessibility import judge
from tests.people import Colleague, hire
from tests.unit.rules.suggestions.small_book import small_book

__all__ = ["address", "chromium", "desk"]
pytestmark = browser_tests


@pytest.fixture
def ann(
    database_url: str, mail_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Colleague:
    """A coder with a chart of pneumonia, at a machine that has the book."""
    assert mail_folder.exists()
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path / "home"))
    book = _path(tmp_path / "home")
    book.parent.mkdir(parents=True)
    book.write_bytes(write_book(small_book()))
    client_id = add_charts(database_url, "lakeside", 1)
    with transaction(database_url, client_id) as session:
        for note in session.exec(select(ClinicalNote).where(ClinicalNote.client_id == client_id)):
            note.text = "Comes with pneumonia and cough. Denies fever."
            session.add(note)
    return hire(database_url, "ann", Role.CODER, [client_id], Queue.CODING)


def test_a_suggestion_comes_by_itself_is_accepted_by_a_key_and_its_outcome_is_noted(
    desk: Desk, ann: Colleague, database_url: str
) -> None:
    page = desk.sign_in(ann, "/queues/coding")
    keys = page.keyboard
    keys.press("n")
    page.locator(".suggestions li").first.wait_for()
    code = page.locator(".suggestions code").first.inner_text()

    page.locator(".suggestions a").first.focus()
    expect(page.locator("#chart-notes mark.is-pointed")).to_have_count(1)
    assert judge(page, "suggestions") == {}

    page.locator("#chart-notes").focus()
    keys.press("y")
    expect(page.locator("#diagnosis-2")).to_have_value(code)
    page.locator(".suggestions li, #suggestions .quiet").first.wait_for()
    expect(page.locator(".suggestions code", has_text=code)).to_have_count(0)
    page.locator("#service-1-procedure").fill("99213")
    page.locator("#service-1-pointers").fill("1 2")
    expect(page.locator("#coding-findings")).to_contain_text("Nothing stops these codes.")
    keys.press("Control+Enter")
    expect(page.locator("#coding-form")).to_have_count(0)

    with transaction(database_url) as session:
        rows = session.exec(select(SuggestedCode).order_by(col(SuggestedCode.rank))).all()
        assert rows[0].code == code.replace(".", "")
        assert (rows[0].outcome, rows[0].decided_by) == ("accepted", "ann")
        assert {one.outcome for one in rows[1:]} <= {"ignored", "corrected"}
    assert desk.complaints == []
    assert desk.strays == []
