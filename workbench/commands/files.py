"""``revcycle files``: the bytes we received and sent."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from revcycle.operations.files.list_files import FileSummary, list_files, read_file
from revcycle.settings import settings
from revcycle.store.session import transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices

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
    table = table_of("client", "partner", "kind", "name", "bytes", "state", "at", "sha256")
    for key, _, file in _files(direction, kind, client):
        at = f"{file.at:%Y-%m-%d %H:%M}"
        cells = (file.partner, file.kind, file.name, str(file.size), file.state, at)
        table.add_row(key, *cells, file.sha256[:12])
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
    for key, client_id, file in _files(direction, kind, client):
        folder = directory / key
        folder.mkdir(parents=True, exist_ok=True)
        with transaction(settings().database, client_id) as session:
            content = read_file(session, client_id, direction, file.id)
        # Partners reuse names; the hash keeps two files apart.
        (folder / f"{file.sha256[:8]}-{Path(file.name).name}").write_bytes(content)
        count += 1
    out.print(f"{count} files written to {directory}", markup=False)


def _files(direction: Direction, kind: str, client: str) -> list[tuple[str, UUID, FileSummary]]:
    rows: list[tuple[str, UUID, FileSummary]] = []
    for key, client_id in chosen_practices(client):
        with transaction(settings().database, client_id) as session:
            files = list_files(session, client_id, direction, kind)
        rows.extend((key, client_id, file) for file in files)
    return rows
