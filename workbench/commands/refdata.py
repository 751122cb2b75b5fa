"""``revcycle refdata``: public and licensed lists in the database, in editions."""

import getpass
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlmodel import Session

from models.documents.reference import EditionDocument, EditionToImport
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.values.reference import (
    LICENCE_OF_KIND,
    PUBLIC_LICENCES,
    EditionState,
    ReferenceKind,
)
from revcycle.connectors import clock
from revcycle.operations.reference.import_edition import find_imported, import_edition
from revcycle.operations.reference.rollback_edition import restore_edition, rollback_edition
from revcycle.reference.imports.edition_reader import EditionReader, read_edition
from revcycle.reference.imports.files import ReadingProgress
from revcycle.reference.imports.readers import READERS
from revcycle.reference.licence_notices import LICENCE_NOTICES
from revcycle.store.imported_editions import list_editions
from revcycle.store.session import reading, transaction
from workbench.commands.console import err, out, table_of
from workbench.commands.open_database import require_database

refdata_app = typer.Typer(
    help="Reference data: lists of codes, edits and prices.", no_args_is_help=True
)
# Fewer rows than this part of the edition before look like a file that was forgotten.
SHRINKING_PERCENT: Final = 80
TITLES: Final = (
    "kind", "no.", "edition", "from", "rows", "state", "imported", "by", "attested by",
)  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help="machine-readable")]
Kind = Annotated[ReferenceKind, typer.Argument(help="which list")]


@refdata_app.command("import")
def import_command(
    kind: Kind,
    paths: Annotated[
        list[Path], typer.Argument(help="file, zip or folder; several for one edition")
    ],
    effective: Annotated[
        str, typer.Option(help="first day in force, YYYY-MM-DD; without it as the file says")
    ] = "",
    name: Annotated[str, typer.Option(help="name of the edition; without it the file's")] = "",
    attest: Annotated[
        str, typer.Option(help="your name: you say that the company may use a licensed list")
    ] = "",
    *,
    as_json: Json = False,
) -> None:
    """Import one edition of a list, whole or not at all; the editions before it stay."""
    reader = _reader_of(kind)
    _require_attestation(kind, attest)
    content, progress = read_edition(
        kind, reader, paths, name=name, effective_from=_to_day(effective)
    )
    database, act = require_database(), _act()
    with transaction(database) as session:
        before = find_imported(session, act, content)
        if before is None:
            edition = _imported(session, act, content, attest, progress)
    if before is not None:
        restored = "in use again" if before.is_restored else "already imported"
        _say(before.edition, f"{restored}: nothing was read anew", as_json=as_json)
        return
    _say(edition, _warning(database, edition), as_json=as_json)


@refdata_app.command("list")
def list_command(
    kind: Annotated[ReferenceKind | None, typer.Option(help="one list; all without it")] = None,
    *,
    as_json: Json = False,
) -> None:
    """List editions, the one for the latest days first."""
    with reading(require_database()) as session:
        editions = list_editions(session, kind)
    if as_json:
        out.print_json(json.dumps([_to_json(one) for one in editions]))
        return
    table = table_of(
        "kind", "no.", "edition", "from", "rows", "state", "imported", "by", "attested by"
    )
    for one in editions:
        table.add_row(*_cells(one))
    out.print(table if editions else "Nothing is imported; revcycle refdata import does it.")


@refdata_app.command()
def rollback(
    kind: Kind,
    edition: Annotated[
        str, typer.Option(help="name or number of an edition; without it the newest")
    ] = "",
    *,
    undo: Annotated[bool, typer.Option("--undo", help="take it into use again instead")] = False,
    as_json: Json = False,
) -> None:
    """Take an edition out of use: the one before it answers again, the rows stay."""
    move = restore_edition if undo else rollback_edition
    with transaction(require_database()) as session:
        moved = move(session, _act(), kind, edition)
    if moved is not None:
        _say(moved, "", as_json=as_json)
        return
    state = "in use" if undo else "rolled back"
    err.print(f"It is {state} already; nothing changed. Name an edition with --edition.")


def _require_attestation(kind: ReferenceKind, attest: str) -> None:
    licence = LICENCE_OF_KIND[kind]
    if licence in PUBLIC_LICENCES:
        return
    err.print(LICENCE_NOTICES[licence], highlight=False)
    if not attest.strip():
        msg = 'say with --attest "Your Name" that your company may use this list'
        raise RejectedError(msg)


def _reader_of(kind: ReferenceKind) -> EditionReader:
    if kind not in READERS:
        msg = f"{kind} is not imported from a file"
        raise RejectedError(msg)
    return READERS[kind]


def _imported(
    session: Session, act: StaffAct, content: EditionToImport, attest: str, read: ReadingProgress
) -> EditionDocument:
    """Import with a bar of what is read, and what is written beside it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("reading", total=read.bytes_total)

        def show(written: int) -> None:
            bar.update(task, completed=read.bytes_read, description=f"{written} rows")

        return import_edition(session, act, content, attested_by=attest, show=show)


def _warning(database: str, edition: EditionDocument) -> str:
    """Say what looks like a forgotten file, or an edition with the same first day."""
    with reading(database) as session:
        others = [
            one for one in list_editions(session, edition.kind) if _answers_beside(one, edition)
        ]
    same = [one for one in others if one.effective_from == edition.effective_from]
    if same:
        return f"it answers in place of {same[0].name}, which begins on the same day"
    before = next((one for one in others if one.effective_from < edition.effective_from), None)
    if before and edition.row_count * 100 < before.row_count * SHRINKING_PERCENT:
        return f"{before.name} before it has {before.row_count} rows: is a file missing?"
    return ""


def _answers_beside(one: EditionDocument, edition: EditionDocument) -> bool:
    return one.number != edition.number and one.state == EditionState.IN_USE


def _say(edition: EditionDocument, remark: str, *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(_to_json(edition) | {"remark": remark}))
        return
    words = edition.state.replace("_", " ")
    out.print(
        f"{edition.kind} {edition.name} from {edition.effective_from} on: "
        f"{edition.row_count} rows, {words} (no. {edition.number}).",
        highlight=False,
        markup=False,
    )
    if remark:
        out.print(remark, highlight=False, markup=False)


def _cells(edition: EditionDocument) -> Sequence[str]:
    return (
        edition.kind,
        str(edition.number),
        escape(edition.name),
        str(edition.effective_from),
        str(edition.row_count),
        edition.state.replace("_", " "),
        f"{edition.imported_at:%Y-%m-%d %H:%M}",
        escape(edition.imported_by),
        escape(edition.attested_by),
    )


def _to_json(edition: EditionDocument) -> dict[str, str | int]:
    return {
        name: fact if isinstance(fact, int) else str(fact) for name, fact in asdict(edition).items()
    }


def _act() -> StaffAct:
    return StaffAct(f"command:refdata:{getpass.getuser()}"[:80], clock.now())


def _to_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        msg = f"{text!r} is no day as YYYY-MM-DD"
        raise RejectedError(msg) from error
