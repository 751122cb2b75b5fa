"""``revcycle files``: the bytes we received and sent."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from revcycle.operations.files.list_files import FileSummary, list_files, read_file
from revcycle.settings import settings
from revcycle.store import clients
from revcycle.store.session import transaction
from workbench.commands.console import out

files_app = typer.Typer(help="Inbound and outbound files.", no_args_is_help=True)


class Direction(StrEnum):
    """Whose bytes."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


DirectionOption = Annotated[Direction, typer.Option(help="whose bytes")]
KindOption = Annotated[str, typer.Option(help="837P, 837I, 270, 835, 999, 277CA, 271, TA1 ...")]
ClientOption = Annotated[str, typer.Option(help="key of one practice; all without it")]


@files_app.command("list")
def list_all(direction: DirectionOption, kind: KindOption = "", client: ClientOption = "") -> None:
    """List files with their hashes and states."""
    table = Table("client", "kind", "name", "bytes", "state", "sha256")
    for key, summary in _summaries(direction, kind, client):
        table.add_row(
            key, summary.kind, summary.name, str(summary.size), summary.state, summary.sha256[:12]
        )
    out.print(table if table.row_count else "No files.")


@files_app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="where to write them; made if missing")],
    direction: DirectionOption,
    kind: KindOption = "",
    client: ClientOption = "",
) -> None:
    """Write the stored bytes into a folder, one sub-folder a practice."""
    count = 0
    for key, summary in _summaries(direction, kind, client):
        folder = directory / key
        folder.mkdir(parents=True, exist_ok=True)
        with transaction(settings().database) as session:
            client_id = clients.get_client_id(session, key)
        with transaction(settings().database, client_id) as session:
            content = read_file(session, client_id, direction, summary.id)
        (folder / Path(summary.name).name).write_bytes(content)
        count += 1
    out.print(f"{count} files written to {directory}", markup=False)


def _summaries(direction: Direction, kind: str, client: str) -> list[tuple[str, FileSummary]]:
    with transaction(settings().database) as session:
        known = clients.list_client_ids(session)
        chosen = [(client, clients.get_client_id(session, client))] if client else known
    rows = []
    for key, client_id in chosen:
        with transaction(settings().database, client_id) as session:
            rows.extend((key, row) for row in list_files(session, client_id, direction, kind))
    return rows
