"""``revcycle workbench``: the web pages."""

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from models.errors import RejectedError
from revcycle.store.schema import count_rows
from workbench.commands.console import err
from workbench.commands.open_database import require_database
from workbench.commands.page_app import make_warm_app
from workbench.commands.processes import require_free
from workbench.commands.served_pages import ServedPages, serve_pages
from workbench.pages.app import LOOPBACK_HOSTS

PROCESSES_MAX: Final = 64
ADDRESS_SCHEMES = ("http://", "https://")


def workbench(
    port: Annotated[int, typer.Option(min=1, max=65535, help="port on this machine")] = 8000,
    host: Annotated[str, typer.Option(help="127.0.0.1 or localhost, nothing else")] = "127.0.0.1",
    prefect_url: Annotated[str, typer.Option(help="address of Prefect's pages, to link to")] = "",
    mail_folder: Annotated[
        Path | None, typer.Option(help="folder of the local mail catcher, to show its mails")
    ] = None,
    public_name: Annotated[
        str, typer.Option(help="name under which a proxy on this machine serves the pages by https")
    ] = "",
    processes: Annotated[
        int,
        typer.Option(min=1, max=PROCESSES_MAX, help="how many serve; one for every eight people"),
    ] = 1,
) -> None:
    """Serve the web pages, on this machine only, until Ctrl-C; others come through a proxy."""
    require_loopback(host)
    require_address(prefect_url)
    require_free(port, "workbench")
    # What is missing is said here, in words, and not by each process.
    database = require_database()
    make_warm_app(prefect_url, mail_folder, public_name)
    count_rows(database)
    err.print(f"The workbench is at http://{host}:{port}", markup=False)
    pages = ServedPages(prefect_url, mail_folder, public_name, os.getpid())
    serve_pages(pages, host, port, processes)


def require_loopback(host: str) -> None:
    """Refuse to show patients' data to a network: passwords and data would travel unencrypted.

    Raises:
        RejectedError: the host is not this machine.
    """
    if host not in LOOPBACK_HOSTS:
        msg = "the workbench binds to 127.0.0.1 or localhost only; put an https proxy before it"
        raise RejectedError(msg)


def require_address(url: str) -> None:
    """Refuse a link that is not one.

    Raises:
        RejectedError: it is neither http nor https.
    """
    if url and not url.startswith(ADDRESS_SCHEMES):
        msg = "--prefect-url must begin with http:// or https://"
        raise RejectedError(msg)
