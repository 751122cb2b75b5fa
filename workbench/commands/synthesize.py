"""``revcycle synthesize``: invented intake files."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from revcycle.connectors import clock
from workbench.commands.console import out
from workbench.commands.invented_input import ANSWERS_NAME, invent_day, write_day
from workbench.commands.practices import read_client


def synthesize(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    directory: Annotated[Path, typer.Option("--out", help="where to write; made if missing")],
    encounters: Annotated[int, typer.Option(min=1)] = 100,
    seed: Annotated[int, typer.Option(help="the same seed gives the same bytes")] = 1,
    service_date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="today if left out")
    ] = None,
) -> None:
    """Write the files of one invented day in the formats of a practice, and the answer key."""
    config = read_client(client)
    day = service_date.date() if service_date else clock.today_in(config.zone())
    invented = invent_day(config, encounters=encounters, seed=seed, service_date=day)
    folders = {source.key: directory / source.key for source in config.intake}
    count = write_day(invented, folders, directory)
    records = sum(file.records for file in invented.files)
    out.print(f"{count} files with {records} records, and {ANSWERS_NAME}, in {directory}")
