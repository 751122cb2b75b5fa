"""``revcycle cycle`` and ``revcycle intake``: run stages now, from the command line."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import anyio
import typer
from prefect.client.schemas.objects import State
from rich.progress import track

from flows.intake import intake_flow
from flows.revenue_cycle import revenue_cycle_flow
from models.documents.act import Act
from models.errors import RejectedError
from models.states.stage import Stage
from revcycle.connectors import clock
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.intake_kind import intake_kind
from revcycle.settings import settings
from revcycle.store.session import transaction
from workbench.commands.console import err, out
from workbench.commands.practices import chosen_practices, read_client

ClientArgument = Annotated[str, typer.Argument(help="key of the practice")]


def cycle(
    client: ClientArgument,
    stage: Annotated[list[Stage] | None, typer.Option(help="only this stage; repeatable")] = None,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the practice's day")
    ] = None,
) -> None:
    """Run the revenue cycle of one practice, or some of its stages; exit 1 if a stage failed."""
    read_client(client)
    if not run_cycle(client, stage or list(Stage), today.date() if today else None):
        raise typer.Exit(1)
    out.print("Done.")


def run_cycle(client: str, stages: list[Stage], today: date | None) -> bool:
    """Run a cycle in this process; tell whether every stage completed."""
    state: State[Any] = anyio.run(_run, client, today, stages)
    return state.is_completed()


async def _run(client: str, today: date | None, stages: list[Stage]) -> State[Any]:
    return await revenue_cycle_flow(client, today, stages, return_state=True)


def intake(
    client: ClientArgument,
    paths: Annotated[list[Path], typer.Argument(help="files, or folders with files")],
) -> None:
    """Store files as if the practice had dropped them, and run its intake."""
    read_client(client)
    count = store_files(client, paths)
    state: State[Any] = anyio.run(_run_intake, client)
    if not state.is_completed():
        raise typer.Exit(1)
    out.print(f"{count} new files taken in.")


async def _run_intake(client: str) -> State[Any]:
    return await intake_flow(client, return_state=True)


def store_files(client: str, paths: list[Path]) -> int:
    """Store files of any format the practice could send; return how many were new.

    Raises:
        RejectedError: a file cannot be read.
    """
    files = [
        file
        for path in paths
        for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if not file.is_dir()
    ]
    ((_, client_id),) = chosen_practices(client)
    new = 0
    for file in track(files, "storing", console=err, disable=not err.is_terminal):
        content = _read(file)
        act = Act(
            client_id, "command:intake", clock.now(), clock.today_in(read_client(client).zone())
        )
        with transaction(settings().database, client_id) as session:
            stored = store_inbound_file(
                session,
                act,
                source="command",
                kind=intake_kind(content),
                name=file.name,
                content=content,
            )
        new += stored.is_new
    return new


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        msg = f"{file} cannot be read: {error.strerror}"
        raise RejectedError(msg) from None
