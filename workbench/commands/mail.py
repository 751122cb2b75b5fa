"""``revcycle mail-catcher``: a mail server for demonstrations that keeps and never forwards."""

import json
from pathlib import Path
from typing import Annotated

import typer

from revcycle.connectors.mail_catcher import run_mail_catcher

READY_NAME = "ready.json"


def mail_catcher(
    folder: Annotated[Path, typer.Option(help="where mails are kept, one file each")],
    port: Annotated[int, typer.Option(help="0 takes a free one")] = 0,
) -> None:
    """Take every mail over STARTTLS and keep it as a file, until told to stop."""
    folder.mkdir(parents=True, exist_ok=True)

    def announce(opened: int) -> None:
        part = folder / f"{READY_NAME}.part"
        part.write_text(json.dumps({"port": opened}))
        part.rename(folder / READY_NAME)

    run_mail_catcher(folder, port, announce=announce)
