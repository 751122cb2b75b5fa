"""The ``revcycle`` command: its sub-commands and its exit codes."""

import sys
from enum import IntEnum

import click
import typer

from models.errors import RejectedError, UnavailableError
from workbench.commands.clients import clients_app
from workbench.commands.console import err
from workbench.commands.cycle import cycle, intake
from workbench.commands.db import db_app
from workbench.commands.demo import demo
from workbench.commands.files import files_app
from workbench.commands.logs import configure_logs
from workbench.commands.sandbox import sandbox
from workbench.commands.synthesize import synthesize
from workbench.commands.up import up
from workbench.commands.verify import verify
from workbench.commands.web import workbench
from workbench.commands.work import work_app
from workbench.commands.x12 import x12_app


class ExitCode(IntEnum):
    """What a script can know of a run."""

    DONE = 0
    PROBLEMS = 1  # problems were found, or we have a bug
    REFUSED = 2  # the input is wrong
    UNAVAILABLE = 3  # the outside world did not answer


app = typer.Typer(
    name="revcycle",
    help="Run the revenue cycle of many medical practices.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold data of patients
    add_completion=False,
)
app.command()(demo)
app.command()(up)
app.command()(cycle)
app.command()(intake)
app.command()(verify)
app.command()(synthesize)
app.command()(sandbox)
app.command()(workbench)
app.add_typer(clients_app, name="clients")
app.add_typer(files_app, name="files")
app.add_typer(x12_app, name="x12")
app.add_typer(work_app, name="work")
app.add_typer(db_app, name="db")


def run() -> None:
    """Run the command line and turn expected errors into exit codes."""
    configure_logs()
    try:
        code = app(standalone_mode=False) or ExitCode.DONE
    except click.exceptions.Abort:
        code = ExitCode.PROBLEMS
    except click.ClickException as error:
        error.show()
        code = ExitCode.REFUSED
    except RejectedError as error:
        err.print(f"refused: {error}", markup=False)
        code = ExitCode.REFUSED
    except UnavailableError as error:
        err.print(f"unavailable: {error}", markup=False)
        code = ExitCode.UNAVAILABLE
    sys.exit(int(code))
