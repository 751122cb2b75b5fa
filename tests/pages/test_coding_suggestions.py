"""Suggested codes on the coder's page: asked for, shown with their words, accepted by a person."""

import re
import shutil
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.tables import ClinicalNote
from revcycle.connectors.code_book import _path
from revcycle.rules.suggestions.stored import write_book
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.architecture.repository import ROOT
from tests.pages.coding_desk import Form, acts_of, ann, chart, lakeside, send, text_of
from tests.unit.rules.suggestions.small_book import small_book
from workbench.pages.panes.coding_suggestions import NotePart, mark

__all__ = ["ann", "chart", "lakeside"]  # fixtures

NOTE = "Comes with pneumonia & <b>cough</b>. Denies fever."
TYPED: Form = {
    "diagnosis": ["i10", ""],
    "procedure": [""],
    "modifiers": [""],
    "units": ["1"],
    "pointers": [""],
    "service_date": [""],
    "revenue_code": [""],
}


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, lakeside: UUID
) -> Path:
    """A machine that has no book yet, and charts whose note is ours."""
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("REVCYCLE_DATABASE", database_url)
    with transaction(database_url) as session:
        chosen = select(ClinicalNote).where(ClinicalNote.client_id == lakeside)
        for note in session.exec(chosen):
            note.text = NOTE
            session.add(note)
    return tmp_path / "home"


@pytest.fixture
def book(home: Path) -> None:
    """The book lies where the pages look for it."""
    _path(home).parent.mkdir(parents=True)
    _path(home).write_bytes(write_book(small_book()))


@pytest.mark.usefixtures("book")
def test_suggestions_come_when_asked_for_with_their_words_marked_in_the_note(
    ann: TestClient, chart: str, database_url: str
) -> None:
    assert "Suggest codes from the note" in ann.get(chart).text
    assert "<mark" not in ann.get(chart).text
    answer = send(ann, chart, f"{chart}/arrange", {**TYPED, "change": "suggest"})
    assert answer.status_code == 200
    assert "J18.9" in text_of(answer.text)
    marked = re.findall(r'<mark id="(evidence-\d+)">([^<]*)</mark>', answer.text)
    assert all(f'href="#{place}"' in answer.text for place, _ in marked)
    assert any("pneumonia" in text for _, text in marked)
    assert "<b>cough" not in answer.text  # a note is never markup
    assert "R50.9" not in text_of(answer.text)  # what is denied is not suggested
    assert "see_suggestions" in acts_of(database_url)


@pytest.mark.usefixtures("book")
def test_accepting_adds_a_row_and_saves_nothing_and_leaves_the_list(
    ann: TestClient, chart: str, database_url: str
) -> None:
    answer = send(ann, chart, f"{chart}/arrange", {**TYPED, "change": "accept:J189"})
    values = re.findall(r'name="diagnosis"[^>]*value="([^"]*)"', answer.text)
    assert any("J18" in one for one in values)
    assert "accept:J189" not in answer.text  # it is typed now
    assert "accept:R059" in answer.text
    assert "assign_codes" not in acts_of(database_url)


@pytest.mark.usefixtures("home")
def test_without_a_book_the_page_says_so(ann: TestClient, chart: str) -> None:
    answer = send(ann, chart, f"{chart}/arrange", {**TYPED, "change": "suggest"})
    assert answer.status_code == 200
    assert "not ready on this machine" in text_of(answer.text)


def test_a_clause_of_the_second_note_is_marked_there() -> None:
    assert mark(["Cough.", "Fever now."], [(8, 13)]) == [
        [NotePart("Cough.")],
        [NotePart(""), NotePart("Fever", 1), NotePart(" now.")],
    ]


@pytest.mark.usefixtures("book")
def test_a_practice_that_wants_no_suggestions_is_shown_none(
    ann: TestClient, chart: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'hx-trigger="load"' in ann.get(chart).text  # they come by themselves
    folder = home / "client_configs" / "lakeside"
    shutil.copytree(ROOT / "client_configs" / "lakeside_family", folder)
    file = folder / "client.toml"
    file.write_text(file.read_text() + "\n[coding]\nsuggestions = false\n")
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(home / "client_configs"))
    settings.cache_clear()
    assert "Suggested diagnoses" not in ann.get(chart).text
    answer = send(ann, chart, f"{chart}/arrange", {**TYPED, "change": "suggest"})
    assert "J18.9" not in text_of(answer.text)
