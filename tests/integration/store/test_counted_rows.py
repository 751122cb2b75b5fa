"""SQLite finds the next item by an index of what waits, once it has counted its rows."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url

from models.documents.work import Worker
from models.states.work_item import Queue
from models.values.identifiers import new_id
from revcycle.store.best_items import find_best_item
from revcycle.store.schema import count_rows
from revcycle.store.session import engine_for, transaction
from tests.pages.page_examples import add_practice, items_in


def plan_of_next(url: str) -> str:
    """Tell how SQLite finds the next item of a practice with many."""
    client_id = add_practice(url, f"practice_{new_id().hex[-8:]}", items_in(Queue.SCRUB, 500))
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        asked.append((statement, values))

    event.listen(engine_for(url), "before_cursor_execute", note)
    with transaction(url, client_id) as session:
        find_best_item(session, [client_id], Worker(new_id(), "ann"), [Queue.SCRUB])
    event.remove(engine_for(url), "before_cursor_execute", note)
    with closing(sqlite3.connect(str(make_url(url).database))) as connection:
        statement, values = asked[-1]
        return str(connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall())


def test_who_asks_for_the_next_item_reads_only_what_waits(database_url: str) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.SCRUB, 500))
    count_rows(database_url)
    assert "ix_work_item_pool" in plan_of_next(database_url)


def test_a_database_that_somebody_writes_to_is_counted_another_time(database_url: str) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.SCRUB, 5))
    with closing(sqlite3.connect(str(make_url(database_url).database))) as writer:
        writer.isolation_level = None
        writer.execute("BEGIN IMMEDIATE")
        count_rows(database_url)
        writer.execute("ROLLBACK")
    assert not is_counted(database_url)
    count_rows(database_url)
    assert is_counted(database_url)


def is_counted(url: str) -> bool:
    """Tell whether SQLite knows how many items there are."""
    with closing(sqlite3.connect(str(make_url(url).database))) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
        if ("sqlite_stat1",) not in tables:
            return False
        return bool(
            connection.execute("SELECT 1 FROM sqlite_stat1 WHERE tbl = 'work_item'").fetchall()
        )


def test_no_database_is_made_by_counting(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    count_rows(f"sqlite:///{path}")
    assert not path.exists()
