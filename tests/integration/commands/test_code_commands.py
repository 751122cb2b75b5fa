"""``revcycle codes``: what it takes, and what it refuses."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.errors import NotFoundError, RejectedError
from models.values.billing_codes import CodeSystem
from models.values.reference import ReferenceKind
from revcycle.operations.coding.load_codes import load_codes
from revcycle.settings import settings
from revcycle.store.billing_codes import count_codes, list_titles
from revcycle.store.session import reading, transaction
from tests.integration.coding.test_find_codes import ACT, DIAGNOSES
from tests.integration.reference.test_code_editions import bring_in
from tests.unit.reference.tabular_list import TABULAR
from workbench.commands.codes import codes_app


@pytest.fixture
def home(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose database is the test's."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    settings.cache_clear()


def codes(*arguments: str) -> str:
    """Run the command; what it refuses is raised."""
    done = CliRunner().invoke(codes_app, arguments)
    settings.cache_clear()
    if done.exception is not None:
        raise done.exception
    return done.output


@pytest.mark.usefixtures("home")
def test_a_licensed_list_is_loaded_and_found(tmp_path: Path, database_url: str) -> None:
    path = tmp_path / "cpt.csv"
    path.write_text("code,words\n99213,words of our own license\n")
    assert "CPT: 1 rows, cpt." in codes("load", "--cpt", str(path), "--cpt-licensed")
    with reading(database_url) as session:
        assert count_codes(session) == {CodeSystem.CPT: 1}


@pytest.mark.usefixtures("home")
def test_a_code_is_found_on_a_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cpt.csv"
    path.write_text("code,words,valid_to\n99213,ended visit,2025-12-31\n")
    codes("load", "--cpt", str(path), "--cpt-licensed")
    monkeypatch.setenv("COLUMNS", "120")
    assert "ended visit" in codes("find", "ended", "vis", "--on", "2026-11-20")
    assert "Nothing is found" in codes("find", "zebra")


@pytest.mark.usefixtures("home")
def test_words_of_cpt_need_a_license_and_files_must_exist(tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match="American Medical Association"):
        codes("load", "--cpt", str(tmp_path / "cpt.csv"))
    with pytest.raises(NotFoundError, match="no file"):
        codes("load", "--hcpcs", str(tmp_path / "hcpcs.txt"))


@pytest.mark.usefixtures("home")
def test_our_words_for_procedures_are_taken_out_and_brought_back(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(database_url) as session:
        list(load_codes(session, ACT, CodeSystem.ICD10CM, DIAGNOSES))
    notes = ReferenceKind.ICD10CM_NOTES
    bring_in(database_url, tmp_path, notes, "icd10cm-tabular-2027.xml", TABULAR)

    def title() -> str:
        codes("load")
        with reading(database_url) as session:
            return list_titles(session, CodeSystem.PRICED, ["99213"], None).get("99213", "")

    assert title() == "established patient visit, low"
    monkeypatch.setenv("REVCYCLE_DEMO_WORDS", "false")
    assert title() == ""
    monkeypatch.delenv("REVCYCLE_DEMO_WORDS")
    assert title() == "established patient visit, low"
