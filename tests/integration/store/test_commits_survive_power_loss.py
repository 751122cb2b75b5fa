"""What production asks of SQLite; the other tests do not wait for the disk."""

from pathlib import Path

import pytest

from revcycle.store.session import SQLITE_PRAGMAS, engine_for

FULL = 2  # of SQLite's own numbers; 0 is OFF, 1 is NORMAL


def test_a_commit_of_money_is_on_the_disk_before_anybody_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("revcycle.store.session.SQLITE_PRAGMAS", SQLITE_PRAGMAS)
    engine = engine_for(f"sqlite:///{tmp_path / 'money.sqlite3'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
