"""``revcycle deposits``: what was read, matched and left, and what it refuses."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from models.errors import RejectedError
from revcycle.settings import settings
from tests.bank_files import Movement, an_eft, bai2, bai2_lines
from tests.unit.client_config.client_file_copies import written
from workbench.commands.deposits import deposits_app
from workbench.commands.practices import read_clients, register_clients

TO_BAI2 = (
    ('format = "csv" # or "bai2", which needs no columns', 'format = "bai2"'),
    ("[bank.columns]", "[unused]"),
)
LONG_AGO = date(2025, 1, 6)


@pytest.fixture
def home(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with one practice whose bank writes BAI2."""
    configs = tmp_path / "configs"
    folder = written(configs)
    text = (folder / "client.toml").read_text()
    begin, end = text.index("[bank.columns]"), text.index("# ---- Which stages run")
    text = text[:begin] + text[end:]
    (folder / "client.toml").write_text(text.replace(*TO_BAI2[0]))
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(configs))
    settings.cache_clear()
    register_clients(read_clients())
    return tmp_path


def deposits(*arguments: str) -> Result:
    """Run the command."""
    done = CliRunner().invoke(deposits_app, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_statements_are_taken_in_and_listed(home: Path) -> None:
    (home / "a.bai").write_bytes(bai2(an_eft(500, "EFT1"), Movement("698", 25), on=LONG_AGO))
    done = deposits("import", "elm_clinic", str(home / "a.bai"))
    assert done.exit_code == 0
    words = " ".join(done.output.split())
    assert "2 lines read, 0 known, 1 set aside, 1 booked" in words
    assert "was taken in before" in deposits("import", "elm_clinic", str(home / "a.bai")).output
    listed = deposits("list", "elm_clinic", "--state", "unmatched").output
    assert "EFT1" in listed
    assert "set_aside: 1 lines, -0.25" in listed


def test_what_was_refused_is_named_and_the_exit_code_says_so(home: Path) -> None:
    broken = "\n".join(bai2_lines([an_eft(500, "EFT1")], on=LONG_AGO)[:-1])
    (home / "broken.bai").write_text(broken)
    (home / "odd.bai").write_bytes(bai2(Movement("999", 5), an_eft(7, "B"), on=LONG_AGO))
    done = deposits("import", "elm_clinic", str(home / "broken.bai"), str(home / "odd.bai"))
    assert done.exit_code == 1
    words = " ".join(done.output.split())
    assert "broken.bai: the file, trailer: has no trailer 99" in words
    assert "broken.bai: refused as a whole" in words
    assert "odd.bai: line 4, type code: is not known; allowed: 100 to 699" in words
    assert "1 booked" in words


def test_a_file_that_is_not_there_is_refused(home: Path) -> None:
    with pytest.raises(RejectedError, match="No such file"):
        deposits("import", "elm_clinic", str(home / "nothing.bai"))


def test_a_practice_that_names_no_account_is_told_so(home: Path) -> None:
    file = home / "configs" / "elm_clinic" / "client.toml"
    text = file.read_text()
    begin, end = text.index("[bank]"), text.index("# ---- Which stages run")
    file.write_text(text[:begin] + text[end:])
    with pytest.raises(RejectedError, match=r"has no \[bank\] table"):
        deposits("import", "elm_clinic", str(file))
