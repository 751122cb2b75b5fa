"""``revcycle refdata``: import, list and roll back, as a person types it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.errors import NotFoundError, RejectedError
from revcycle.settings import settings
from tests.cms_files import a_pair, gpci_text, ptp_text, rvu_text
from workbench.commands.refdata import refdata_app

KIND = "ptp_practitioner"
ATTESTED = ("--attest", "Ann Example")


@pytest.fixture(autouse=True)
def home(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose database is the test's."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    settings.cache_clear()


def refdata(*arguments: str | Path) -> str:
    """Run the command; what it refuses is raised."""
    done = CliRunner().invoke(refdata_app, [str(one) for one in arguments])
    settings.cache_clear()
    if done.exception is not None:
        raise done.exception
    return done.output


def pairs(folder: Path, name: str = "v322r0", count: int = 10) -> Path:
    """Write a file of pairs of a quarter."""
    path = folder / f"ccipra-{name}-f1.txt"
    path.write_text(ptp_text(*[a_pair(f"A{number:04}") for number in range(count)]))
    return path


def test_a_licensed_list_shows_its_notice_and_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match="--attest"):
        refdata("import", KIND, pairs(tmp_path))
    said = refdata("import", KIND, pairs(tmp_path), *ATTESTED)
    assert "American Medical" in " ".join(said.split())
    assert "v322r0 from 2026-07-01 on: 10 rows, in use" in said
    (listed,) = json.loads(refdata("list", "--json"))
    assert listed["attested_by"] == "Ann Example"
    assert listed["imported_by"].startswith("command:refdata:")


def test_a_narrow_terminal_breaks_long_words_and_cuts_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    refdata("import", KIND, pairs(tmp_path), *ATTESTED)
    listed = refdata("list")
    assert "…" not in listed
    assert [len(line) for line in listed.splitlines()] == [80] * len(listed.splitlines())


def test_the_same_file_twice_says_so_and_does_no_harm(tmp_path: Path) -> None:
    refdata("import", KIND, pairs(tmp_path), *ATTESTED)
    assert "already imported" in refdata("import", KIND, pairs(tmp_path), *ATTESTED)
    assert len(json.loads(refdata("list", "--json"))) == 1


def test_a_quarter_that_shrank_makes_one_look_for_a_forgotten_file(tmp_path: Path) -> None:
    refdata("import", KIND, pairs(tmp_path), *ATTESTED)
    said = refdata("import", KIND, pairs(tmp_path, "v323r0", 7), *ATTESTED)
    assert "v322r0 before it has 10 rows: is a file missing?" in said
    said = refdata("import", KIND, pairs(tmp_path, "v323r1", 9), *ATTESTED)
    assert "it answers in place of v323r0" in said


def test_an_edition_is_taken_back_and_into_use_again(tmp_path: Path) -> None:
    refdata("import", KIND, pairs(tmp_path), *ATTESTED)
    assert "rolled back" in refdata("rollback", KIND)
    assert "nothing changed" in refdata("rollback", KIND)
    assert "in use" in refdata("rollback", KIND, "--undo", "--edition", "v322r0")
    refdata("rollback", KIND)
    assert "in use again" in refdata("import", KIND, pairs(tmp_path), *ATTESTED)


def test_scripts_read_what_was_done(tmp_path: Path) -> None:
    path = tmp_path / "GPCI2026.csv"
    path.write_text(gpci_text("01234,XX,05,NAME,1,1,1,1"))
    said = json.loads(refdata("import", "gpci", path, "--json"))
    assert (said["name"], said["row_count"], said["licence"]) == ("2026", 1, "public")
    assert json.loads(refdata("list", "--kind", "mpfs", "--json")) == []
    assert "Nothing is imported" in refdata("list", "--kind", "mpfs")


def test_day_and_name_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_text(rvu_text("A0001,,x,A,1,1,1,1,000,2,1,0,0,33"))
    with pytest.raises(RejectedError, match="--effective"):
        refdata("import", "mpfs", path, *ATTESTED)
    with pytest.raises(RejectedError, match="YYYY-MM-DD"):
        refdata("import", "mpfs", path, *ATTESTED, "--effective", "1/1/2026")
    said = refdata("import", "mpfs", path, *ATTESTED, "--effective", "2026-01-01", "--name", "own")
    assert "mpfs own from 2026-01-01 on" in said


def test_without_a_database_one_is_told_to_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    settings.cache_clear()
    with pytest.raises(NotFoundError, match="db upgrade"):
        refdata("list")
