"""Whoever was entered before there were passwords is invited, or stays out."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from models.values.identifiers import new_id
from revcycle.store.schema import MIGRATIONS
from revcycle.store.session import engine_for, transaction
from revcycle.store.staff import list_staff

BEFORE = "0002"


def test_people_without_a_password_are_invited_and_keep_their_queues(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url)
    command.upgrade(config, BEFORE)
    ids = {"elm": new_id().hex, "ann": new_id().hex, "ben": new_id().hex}
    with transaction(url) as session:
        for statement in (
            "INSERT INTO client VALUES (:elm, 'elm', 'Elm', 'UTC')",
            "INSERT INTO staff_member VALUES (:ann, 'ann', 'Ann', 1)",
            "INSERT INTO staff_member VALUES (:ben, 'ben', 'Ben', 0)",
            "INSERT INTO staff_assignment VALUES (:elm, :ann, :ann, 'coding')",
        ):
            session.connection().execute(text(statement), ids)
    command.upgrade(config, "head")
    with transaction(url) as session:
        assert [(one.login, one.state) for one in list_staff(session)] == [
            ("ann", "invited"),
            ("ben", "disabled"),
        ]
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.execute(text("SELECT count(*) FROM staff_assignment")).scalar_one() == 1
    command.downgrade(config, BEFORE)
    with transaction(url) as session:
        active = session.execute(text("SELECT login, is_active FROM staff_member ORDER BY 1"))
        assert [tuple(row) for row in active] == [("ann", 1), ("ben", 0)]
    engine_for(url).dispose()
