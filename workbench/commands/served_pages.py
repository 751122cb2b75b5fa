"""What is served, and by how many processes that share one address."""

import os
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from workbench.commands.processes import die_with

HEALTH_SECONDS: Final = 30  # of a process that says nothing, before it is replaced


@dataclass(frozen=True, slots=True)
class ServedPages:
    """Makes the application where it is served: processes begin with nothing but this.

    Attributes:
        prefect_url: Address of Prefect's own pages; empty when nobody told us.
        mail_folder: Where the local mail catcher keeps mails; None when there is none.
        public_name: The name under which a proxy serves the pages; empty without one.
        first_process: Which process the others end with.
    """

    prefect_url: str
    mail_folder: Path | None
    public_name: str
    first_process: int

    def __call__(self) -> FastAPI:
        """Make it, ready for the first person.

        A process must answer its parent before it has loaded all modules: they are named here only.

        Raises:
            RejectedError: a setting is missing or wrong.
        """
        if os.getpid() != self.first_process:
            die_with(self.first_process)()
        make_app = import_module("workbench.commands.page_app").make_warm_app
        app = make_app(self.prefect_url, self.mail_folder, self.public_name)
        assert isinstance(app, FastAPI)  # noqa: S101 - for whoever reads types
        return app


def serve_pages(pages: ServedPages, host: str, port: int, processes: int) -> None:
    """Serve until somebody ends us. Of several processes, one that dies is replaced."""
    config = uvicorn.Config(
        pages,
        factory=True,
        host=host,
        port=port,
        workers=processes,
        timeout_worker_healthcheck=HEALTH_SECONDS,
        access_log=False,
        log_level="warning",
        server_header=False,
        # Who asks, and whether by https, is believed of a proxy only if there is one.
        proxy_headers=bool(pages.public_name),
    )
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
        if processes == 1:
            uvicorn.Server(config).run()
        else:
            Multiprocess(config, sockets=[config.bind_socket()]).run()
