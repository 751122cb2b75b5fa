"""The ``revcycle`` command: its sub-commands and its exit codes."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

import typer

from models.errors import RejectedError, UnavailableError
from revcycle.settings import settings
from workbench.commands.console import err, out, table_of
from workbench.commands.logs import configure_logs
from workbench.commands.prefect_environment import prefect_variables


class ExitCode(IntEnum):
    """What a script can know of a run."""

    DONE = 0
    PROBLEMS = 1  # problems were found, or we have a bug
    REFUSED = 2  # the input is wrong
    UNAVAILABLE = 3  # the outside world did not answer


@dataclass(frozen=True, slots=True)
class Command:
    """Where a sub-command lives. It is loaded when it is asked for: Prefect costs seconds."""

    module: str
    attribute: str
    purpose: str
    uses_prefect: bool = False


COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "demo": Command(
            "demo", "demo", "run one business day of three invented practices", uses_prefect=True
        ),
        "up": Command("up", "up", "the same, and stay with all its pages", uses_prefect=True),
        "cycle": Command(
            "cycle", "cycle", "run the revenue cycle of one practice", uses_prefect=True
        ),
        "intake": Command("cycle", "intake", "take files in for one practice", uses_prefect=True),
        "clients": Command(
            "clients", "clients_app", "check, sync and list the practices", uses_prefect=True
        ),
        "post": Command("post", "post", "post remittance files (835) of one practice"),
        "ledger": Command("ledger", "ledger_app", "balances, statements and ages of the books"),
        "close-period": Command("close_period", "close_period", "close a month of the books"),
        "verify": Command("verify", "verify", "evaluate every invariant"),
        "claims": Command("claims", "claims_app", "print claims as CMS-1500 and UB-04"),
        "contracts": Command(
            "contracts", "contracts_app", "check contracts, price a service, ask what if"
        ),
        "deposits": Command(
            "deposits", "deposits_app", "take bank statements in, list what the bank shows"
        ),
        "authorizations": Command(
            "authorizations", "authorizations_app", "take authorizations in, list what is left"
        ),
        "credits": Command("refunds", "credits_app", "list money that was paid too much"),
        "refunds": Command("refunds", "refunds_app", "list refunds of credits"),
        "files": Command("files", "files_app", "list and export what was received and sent"),
        "x12": Command("x12", "x12_app", "check, explain, answer and repair X12 files"),
        "denials": Command("denials", "denials_app", "list denials and explain their plays"),
        "clocks": Command("clocks", "clocks_app", "list everything with a last day"),
        "work": Command("work", "work_app", "list, take and show work items"),
        "staff": Command("staff", "staff_app", "add, assign and disable people who sign in"),
        "codes": Command("codes", "codes_app", "load lists of codes and find a code in them"),
        "coding": Command("coding", "coding_app", "find, suggest, check and audit codes"),
        "refdata": Command(
            "refdata", "refdata_app", "import reference data: lists of codes, edits and prices"
        ),
        "synthesize": Command("synthesize", "synthesize", "write invented intake files"),
        "sandbox": Command("sandbox", "sandbox", "run the sandbox payer"),
        "mail-catcher": Command("mail", "mail_catcher", "run a mail server that only keeps"),
        "workbench": Command("web", "workbench", "run the web pages"),
        "db": Command("db", "db_app", "bring the database up to date"),
    }
)


def run() -> None:
    """Run the command line and turn expected errors into exit codes."""
    configure_logs()
    name, *arguments = sys.argv[1:] or ["--help"]
    command = COMMANDS.get(name)
    if command is None:
        _print_help()
        sys.exit(ExitCode.DONE if name in {"--help", "-h"} else ExitCode.REFUSED)
    if command.uses_prefect:
        _prepare_prefect()
    try:
        _load(name, command)(args=arguments, prog_name=f"revcycle {name}")
    except RejectedError as error:
        err.print(f"refused: {error}", markup=False)
        sys.exit(ExitCode.REFUSED)
    except UnavailableError as error:
        err.print(f"unavailable: {error}", markup=False)
        sys.exit(ExitCode.UNAVAILABLE)


def _prepare_prefect() -> None:
    """Set what Prefect reads when it is imported, unless the machine has set it already."""
    for variable, value in prefect_variables(settings().home).items():
        os.environ.setdefault(variable, value)
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)


def _load(name: str, command: Command) -> typer.Typer:
    target = getattr(import_module(f"workbench.commands.{command.module}"), command.attribute)
    if isinstance(target, typer.Typer):
        return target
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_show_locals=False,  # locals may hold data of patients
    )
    app.command(name)(target)
    return app


def _print_help() -> None:
    table = table_of(box=None, show_header=False)
    for name, command in COMMANDS.items():
        table.add_row(f"  revcycle {name}", command.purpose)
    out.print("Run the revenue cycle of many medical practices.\n")
    out.print(table)
    out.print("\nrevcycle COMMAND --help says more. Exit codes: 0 done, 1 problems, 2 refused,")
    out.print("3 the outside world did not answer.")
