"""The migrations make exactly the tables that the code knows."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import models.tables
from revcycle.store.schema import MIGRATIONS
from revcycle.store.session import engine_for

# Full-text search is of each database's own kind (on SQLite a virtual table with four tables below
# it): a migration makes it, and the tables of the code do not speak of it.
OF_THE_DATABASE = "billing_code_search"


def is_of_the_code(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the tables of full-text search."""
    return kind != "table" or not (name or "").startswith(OF_THE_DATABASE)


OPTIONS = {
    "compare_type": True,
    "compare_server_default": True,
    "include_name": is_of_the_code,
}


def test_the_migrated_database_has_the_tables_of_the_code(either_database_url: str) -> None:
    assert models.tables.__all__
    with engine_for(either_database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_history_is_one_line() -> None:
    history = ScriptDirectory(str(MIGRATIONS))
    assert len(history.get_heads()) == 1
    assert len(history.get_bases()) == 1
    assert [one.revision for one in history.walk_revisions() if one.is_merge_point] == []
