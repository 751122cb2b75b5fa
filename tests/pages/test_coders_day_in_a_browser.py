"""A coder's day by keys: from the next chart to the figures, with a question to the provider."""

from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import ClinicalNote, Encounter, WorkItem
from models.values.access import Role
from revcycle.connectors.code_book import _path
from revcycle.rules.suggestions.stored import write_book
from revcycle.store.session import transaction
from tests.pages.browser import Desk, address, browser_tests, chromium, desk, open_desk
from tests.pages.charts import add_charts
from tests.pages.test_accessibility import judge
from tests.people import Colleague, hire, join
from tests.unit.rules.suggestions.small_book import small_book

__all__ = ["address", "chromium", "desk"]
pytestmark = browser_tests
NOTE = "Comes with pneumonia and cough. Denies fever."
QUESTION = "Which lobe, if the picture shows one?"
ANSWER = "The picture shows the right lower lobe."


@pytest.fixture
def lakeside(
    database_url: str, mail_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> UUID:
    """A practice with a chart for cardiologists' coders and a chart of pneumonia for anybody."""
    assert mail_folder.exists()
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path / "home"))
    book = _path(tmp_path / "home")
    book.parent.mkdir(parents=True)
    book.write_bytes(write_book(small_book()))
    client_id = add_charts(database_url, "lakeside", 2)
    with transaction(database_url, client_id) as session:
        first = session.exec(select(WorkItem).order_by(col(WorkItem.id))).first()
        assert first
        first.needs = "cardiology CPC"
        session.add(first)
        for note in session.exec(select(ClinicalNote).where(ClinicalNote.client_id == client_id)):
            note.text = NOTE
            session.add(note)
    return client_id


@pytest.fixture
def ann(database_url: str, lakeside: UUID) -> Colleague:
    """A coder without any specialty."""
    return hire(database_url, "ann", Role.CODER, [lakeside], Queue.CODING, Queue.PROVIDER_QUERY)


def states_of(url: str) -> set[EncounterState]:
    with transaction(url) as session:
        return set(map(EncounterState, session.exec(select(Encounter.state))))


def findings_say(page: Page, text: str) -> None:
    expect(page.locator("#coding-findings")).to_contain_text(text)


def code_the_services(page: Page) -> None:
    """Type a visit that points at a diagnosis which is not there, read it, and mend it."""
    keys = page.keyboard
    page.locator("#chart-notes").focus()
    keys.press("v")
    keys.type("99213")
    for text in ("", "", "9"):
        keys.press("Tab")
        keys.type(text)
    findings_say(page, "Service 1, diagnoses it was for")
    keys.press("Backspace")
    keys.type("1 2")
    findings_say(page, "Nothing stops these codes.")


def accept_what_the_note_supports(page: Page) -> str:
    """Look at the words in the note that support the first suggestion, and take it over."""
    page.locator(".suggestions li").first.wait_for()
    code = page.locator(".suggestions code").first.inner_text()
    page.locator(".suggestions a").first.focus()
    expect(page.locator("#chart-notes mark.is-pointed")).to_contain_text("pneumonia")
    page.locator("#chart-notes").focus()
    page.keyboard.press("y")
    expect(page.locator("#diagnosis-2")).to_have_value(code)
    return code


def ask_the_provider(page: Page) -> None:
    """Write a question and send it by keys; the codes so far go along as a draft."""
    keys = page.keyboard
    page.locator("#chart-notes").focus()
    keys.press("q")
    page.locator("#question").focus()
    keys.type(QUESTION)
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_url("**said=nothing_left")


def answer_in_the_portal(chromium: Browser, address: str, clara: Colleague) -> None:
    """Let the practice's clinician read the note and answer."""
    portal = open_desk(chromium, address)
    page = portal.sign_in(clara, "/portal/queries")
    page.get_by_role("link", name=QUESTION).click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    page.get_by_label("In words").fill(ANSWER)
    page.keyboard.press("Control+Enter")
    page.get_by_text("No question waits").wait_for()
    assert [*portal.complaints, *portal.strays] == []
    portal.context.close()


def test_a_chart_is_asked_about_comes_back_with_the_answer_and_counts_when_it_is_complete(
    desk: Desk,
    chromium: Browser,
    address: str,
    ann: Colleague,
    database_url: str,
    lakeside: UUID,
) -> None:
    clara = join(database_url, "clara", [Role.CLINICIAN], [lakeside])
    page = desk.sign_in(ann, "/queues/coding")
    expect(page.locator("#rows tbody tr")).to_have_count(2)
    page.keyboard.press("n")  # the chart that asks for no specialty
    page.locator("#coding-form").wait_for()
    code = accept_what_the_note_supports(page)
    code_the_services(page)
    ask_the_provider(page)
    assert EncounterState.QUERIED in states_of(database_url)

    answer_in_the_portal(chromium, address, clara)

    desk.go("/queues/coding")
    page.keyboard.press("n")
    page.locator("#coding-form").wait_for()
    expect(page.locator("#chart-notes")).to_contain_text(ANSWER)
    expect(page.locator("#diagnosis-2")).to_have_value(code)
    expect(page.locator("#service-1-procedure")).to_have_value("99213")
    findings_say(page, "Nothing stops these codes.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**said=nothing_left")
    assert states_of(database_url) == {EncounterState.CODED, EncounterState.CODING}

    desk.go("/people/me")
    figures = page.get_by_role("region", name="Suggestions by practice")
    expect(figures.get_by_role("row").nth(1)).to_contain_text("1 of 2")
    assert judge(page, "own figures") == {}
    assert desk.complaints == []
    assert desk.strays == []


def test_what_was_typed_is_there_again_after_the_page_was_closed(
    desk: Desk, ann: Colleague
) -> None:
    page = desk.sign_in(ann, "/queues/coding")
    page.keyboard.press("n")
    page.locator("#coding-form").wait_for()
    page.keyboard.press("c")
    page.keyboard.type("J18.9")
    page.locator("#typing .is-kept").wait_for()
    for _ in ("the codes found", "the field", "the chart"):  # nothing is asked: nothing is lost
        page.keyboard.press("Escape")
    page.locator("#item").wait_for(state="detached")

    desk.go("/queues/coding")
    page.keyboard.press("n")
    expect(page.locator("#diagnosis-2")).to_have_value("J18.9")
    expect(page.get_by_text("kept from Nov 20, 2026, 12:00 PM EST")).to_be_visible()
    assert judge(page, "kept typing") == {}
    page.get_by_role("button", name="Throw it away").click()
    page.get_by_text("Thrown away.").wait_for()
    expect(page.locator("#diagnosis-2")).to_have_value("")
    assert desk.complaints == []


def test_an_answer_by_telephone_is_written_down_by_keys_and_a_question_is_taken_back(
    desk: Desk, ann: Colleague, database_url: str
) -> None:
    page = desk.sign_in(ann, "/queues/coding")
    keys = page.keyboard
    keys.press("n")
    page.locator("#coding-form").wait_for()
    ask_the_provider(page)

    desk.go("/queues/provider_query")
    keys.press("n")
    page.get_by_role("heading", name="Write an answer down").wait_for()
    expect(page.locator("#item blockquote").first).to_contain_text(QUESTION)
    assert judge(page, "provider query") == {}
    page.locator("#answer").fill(ANSWER)
    page.locator("#given-by").fill("Dr. Quill")
    keys.press("Control+Enter")
    page.wait_for_url("**said=nothing_left")

    desk.go("/queues/coding")
    keys.press("n")
    expect(page.locator("#chart-notes")).to_contain_text(ANSWER)
    expect(page.locator("#chart-notes")).to_contain_text("Dr. Quill")
    ask_the_provider(page)
    desk.go("/queues/provider_query")
    keys.press("n")
    page.get_by_role("button", name="Take it back to coding").press("Enter")
    page.wait_for_url("**/queues/provider_query?said=*")
    assert states_of(database_url) == {EncounterState.CODING}
    assert desk.complaints == []
