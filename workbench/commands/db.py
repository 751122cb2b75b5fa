"""``revcycle db``: the database's schema."""

import typer

from revcycle.settings import settings
from revcycle.store.schema import upgrade_database
from workbench.commands.console import out

db_app = typer.Typer(help="The database.", no_args_is_help=True)


@db_app.callback()
def describe() -> None:
    """Look after the database."""


@db_app.command()
def upgrade() -> None:
    """Bring the database to the present schema."""
    settings().home.mkdir(parents=True, exist_ok=True)
    upgrade_database(settings().database)
    out.print("The database is up to date.")
