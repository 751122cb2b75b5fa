"""Bring a database to the present schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, make_url

from revcycle.store.session import engine_for

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def upgrade_database(database_url: str) -> None:
    """Run every migration that the database has not seen."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    command.upgrade(config, "head")


def is_database_ready(database_url: str) -> bool:
    """Tell whether a database exists that holds our tables; none is made by asking."""
    url = make_url(database_url)
    if url.drivername.startswith("sqlite") and not Path(str(url.database)).exists():
        return False
    return inspect(engine_for(database_url)).has_table("client")
