"""``revcycle workbench``: the web pages."""

from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from models.errors import RejectedError
from revcycle.settings import settings
from workbench.commands.console import err
from workbench.commands.processes import require_free
from workbench.commands.secret_key import sealing_key
from workbench.pages.app import LOOPBACK_HOSTS, create_app

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
) -> None:
    """Serve the web pages, on this machine only, until Ctrl-C; others come through a proxy."""
    require_loopback(host)
    require_address(prefect_url)
    require_free(port, "workbench")
    app = create_app(
        settings().database,
        key=sealing_key(),
        hosts=(*LOOPBACK_HOSTS, *([public_name] if public_name else [])),
        prefect_url=prefect_url,
        mail_folder=mail_folder,
    )
    err.print(f"The workbench is at http://{host}:{port}", markup=False)
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        # Who asks, and whether by https, is believed of a proxy only if there is one.
        proxy_headers=bool(public_name),
    )


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
