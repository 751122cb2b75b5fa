"""At night each practice's suggestions learn from its completed charts."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.states.encounter import EncounterState
from models.tables import ClinicalNote, Diagnosis, Encounter
from revcycle.client_config import read_client_config
from revcycle.connectors.code_book import _path
from revcycle.operations.clients.register_client import register_client
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.rules.suggestions.stored import write_book
from revcycle.store.session import transaction
from tasks.runtime import client_id_of, config_of
from tasks.suggestions import make_code_book_task, train_suggestions_task
from tests.architecture.repository import ROOT
from tests.unit.rules.suggestions.small_book import NOTES, small_book
from workbench.commands.coding import coding_app
from workbench.commands.deployments import deployment_specs

KEY = "lakeside_family"
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[Path]:
    """A machine with one practice and the book of names."""
    shutil.copytree(ROOT / "client_configs" / KEY, tmp_path / "client_configs" / KEY)
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path))
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(tmp_path / "client_configs"))
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    _path(tmp_path).parent.mkdir()
    _path(tmp_path).write_bytes(write_book(small_book()))
    _forget()
    with transaction(database_url) as session:
        register_client(session, read_client_config(tmp_path / "client_configs" / KEY))
    yield tmp_path
    _forget()


def _forget() -> None:
    config_of.cache_clear()
    client_id_of.cache_clear()


@pytest.fixture
def without(home: Path) -> None:
    """The client file says that codes are not suggested."""
    path = home / "client_configs" / KEY / "client.toml"
    path.write_text(path.read_text() + "\n[coding]\nsuggestions = false\n")


def add_completed_charts(url: str, client_id: UUID) -> None:
    """Add a chart for each note, coded as the note's codes say."""
    act = Act(client_id, "ann", NOON, TODAY)
    with transaction(url, client_id) as session:
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
        )
        for number, note in enumerate(NOTES):
            encounter = Encounter(
                client_id=client_id,
                source_key=f"V{number}",
                inbound_file_id=file.id,
                service_date=TODAY,
                state=EncounterState.CODED,
            )
            session.add(encounter)
            session.flush()
            session.add(
                ClinicalNote(
                    client_id=client_id, encounter_id=encounter.id, ordinal=1, text=note.text
                )
            )
            session.add(
                Diagnosis(
                    client_id=client_id, encounter_id=encounter.id, ordinal=1, code=note.codes[0]
                )
            )


def lakeside() -> ClientConfig:
    return config_of(KEY)


@pytest.mark.usefixtures("home")
def test_a_night_without_completed_charts_teaches_nothing() -> None:
    assert make_code_book_task.fn(KEY) == len(small_book().codes)
    assert train_suggestions_task.fn(KEY, TODAY) == 0


@pytest.mark.usefixtures("home")
def test_a_night_learns_from_completed_charts(database_url: str) -> None:
    add_completed_charts(database_url, client_id_of(KEY))
    assert [train_suggestions_task.fn(KEY, TODAY) for _ in range(2)] == [len(NOTES)] * 2


@pytest.mark.usefixtures("home")
def test_a_manager_need_not_wait_for_the_night(database_url: str) -> None:
    add_completed_charts(database_url, client_id_of(KEY))
    said = [CliRunner().invoke(coding_app, ["train", "--client", KEY]).stdout for _ in range(2)]
    assert said[0].startswith(f"Learned from {len(NOTES)} notes with")
    assert said[1] == said[0]


@pytest.mark.usefixtures("without")
def test_a_practice_without_suggestions_learns_nothing() -> None:
    assert make_code_book_task.fn(KEY) == 0
    assert train_suggestions_task.fn(KEY, TODAY) == 0
    assert not [one for one in deployment_specs([lakeside()]) if one.flow == "suggestions"]


@pytest.mark.usefixtures("home")
def test_learning_is_scheduled_at_night() -> None:
    (spec,) = [one for one in deployment_specs([lakeside()]) if one.flow == "suggestions"]
    assert spec.entrypoint == "flows.suggestions.suggestions_flow"
    assert spec.cron.split()[1:] == ["1", "*", "*", "*"]
