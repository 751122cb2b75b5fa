"""Is there a database of ours? Looking makes none, and what is none is said in words."""

from pathlib import Path

import pytest

from models.errors import RejectedError, UnavailableError
from revcycle.store.schema import is_database_ready


def test_a_migrated_database_is_ready(either_database_url: str) -> None:
    assert is_database_ready(either_database_url)


def test_looking_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "revcycle.sqlite3"
    assert not is_database_ready(f"sqlite:///{path}")
    assert not path.exists()


def test_an_empty_file_is_not_ready(tmp_path: Path) -> None:
    path = tmp_path / "revcycle.sqlite3"
    path.touch()
    assert not is_database_ready(f"sqlite:///{path}")


def test_a_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Orla Wexelbury, " * 100)
    with pytest.raises(RejectedError, match="something else") as raised:
        is_database_ready(f"sqlite:///{path}")
    assert "Wexelbury" not in str(raised.value)


def test_a_server_that_is_away_is_unavailable() -> None:
    with pytest.raises(UnavailableError, match="does not answer"):
        is_database_ready("postgresql+psycopg://nobody@127.0.0.1:1/nowhere")
