"""``revcycle sandbox``: a payer and clearinghouse to run against."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from revcycle.sandbox.rulebook import read_rulebook
from revcycle.sandbox.serve import SandboxOptions, directory_account, serve
from revcycle.settings import settings
from workbench.commands.console import out

DEFAULT_PORT = 2222


def sandbox(
    *,
    home: Annotated[
        Path | None, typer.Option(help="Its folder; sandbox/ under REVCYCLE_HOME if left out.")
    ] = None,
    port: Annotated[int, typer.Option(help="SFTP port on this machine; 0 takes a free one.")] = (
        DEFAULT_PORT
    ),
    accounts: Annotated[str, typer.Option(help="User names, separated by commas.")] = "",
    open_accounts: Annotated[bool, typer.Option(help="Let any user name in.")] = False,
    client_key: Annotated[
        Path | None, typer.Option(help="Public key that may sign in; no SFTP without it.")
    ] = None,
    directory: Annotated[
        list[str] | None,
        typer.Option(help="ACCOUNT=SEND:COLLECT, two folders instead of SFTP; repeatable."),
    ] = None,
    rules: Annotated[Path | None, typer.Option(help="TOML file laid over the built-in rules.")] = (
        None
    ),
    seed: Annotated[int | None, typer.Option(help="Replaces the seed of the rules.")] = None,
) -> None:
    """Run a payer and clearinghouse until it is told to stop; its record is its own."""
    folder = home or settings().home / "sandbox"
    options = SandboxOptions(
        home=folder,
        rulebook=read_rulebook(rules, seed=seed),
        accounts=tuple(filter(None, (name.strip() for name in accounts.split(",")))),
        takes_anybody=open_accounts,
        client_key=client_key,
        port=port,
        directories=tuple(map(directory_account, directory or ())),
    )
    asyncio.run(serve(options, lambda opened: _tell(opened, folder)))


def _tell(port: int, folder: Path) -> None:
    place = f"SFTP on 127.0.0.1:{port}" if port else "directories"
    out.print(f"The sandbox payer serves {place}; its record is in {folder}.", markup=False)
