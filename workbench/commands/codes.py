"""``revcycle codes``: public lists of codes in the database."""

import getpass
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from models.documents.billing_code import BillingCodeDocument
from models.documents.reference import EditionToImport
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.values.billing_codes import SYSTEM_LABELS, CodeSystem
from models.values.reference import ReferenceKind
from revcycle.connectors import clock
from revcycle.connectors.code_book import find_code_book, get_code_book
from revcycle.operations.coding.find_codes import find_codes
from revcycle.operations.coding.load_codes import load_codes
from revcycle.operations.reference.import_edition import find_imported, import_edition
from revcycle.operations.reference.project_codes import project_codes
from revcycle.reference.icd10 import KNOWN_FROM
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.files import gather_files
from revcycle.reference.imports.readers import READERS
from revcycle.reference.priced_codes import list_priced_codes
from revcycle.reference.procedures import words_of_procedures
from revcycle.reference.shipped_editions import shipped_codes, shipped_notes
from revcycle.settings import settings
from revcycle.store.billing_codes import count_codes
from revcycle.store.imported_editions import list_editions
from revcycle.store.session import reading, transaction
from workbench.commands.console import err, out, table_of
from workbench.commands.open_database import require_database
from workbench.commands.practices import read_clients

codes_app = typer.Typer(help="Lists of codes.", no_args_is_help=True)

# The package with the titles takes 190 MB, which a process of its own gives back.
TITLES: Final = (sys.executable, "-m", "revcycle.reference.icd10_titles")
TITLE_COUNT: Final = 98_186  # of the edition that is installed; only the bar needs it
NOTE_COUNT: Final = 27_268
LICENSE_NEEDED: Final = (
    "CPT is licensed by the American Medical Association; say with --cpt-licensed that your "
    "company holds a license for the words in this file"
)


@codes_app.command()
def load(
    *,
    hcpcs: Annotated[
        Path | None, typer.Option(help="CMS's HCPCS level II file, text of 320 columns or CSV")
    ] = None,
    cpt: Annotated[
        Path | None, typer.Option(help="CSV with columns code and words that you license yourself")
    ] = None,
    cpt_licensed: Annotated[
        bool, typer.Option("--cpt-licensed", help="your company holds a license for that file")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="load ICD-10-CM anew although it is there")
    ] = False,
) -> None:
    """Load a file of codes; without one ICD-10-CM, and the procedures that have a price."""
    if cpt is not None and not cpt_licensed:
        raise RejectedError(LICENSE_NEEDED)
    if hcpcs is not None:
        _import_file(ReferenceKind.HCPCS, hcpcs)
    if cpt is not None:
        _import_file(ReferenceKind.CPT, cpt, attested_by=getpass.getuser())
    if hcpcs is None and cpt is None:
        _load_what_ships(again=again)


@codes_app.command()
def find(
    typed: Annotated[list[str], typer.Argument(help="how a code begins, or words of its title")],
    on: Annotated[str, typer.Option(help="date of service, YYYY-MM-DD; without it today")] = "",
) -> None:
    """Find a code the way the pages do."""
    day = date.fromisoformat(on) if on else clock.now().date()
    with reading(require_database()) as session:
        found = find_codes(session, frozenset(CodeSystem), " ".join(typed), day)
    table = table_of("code", "title", f"billable on {day}", box=None)
    for code in found:
        table.add_row(code.text, code.title, "yes" if code.may_be_billed(day) else "no")
    out.print(table if found else "Nothing is found; revcycle codes load fills the lists.")


def _load_what_ships(*, again: bool) -> None:
    with reading(require_database()) as session:
        known = count_codes(session).get(CodeSystem.ICD10CM, 0)
        has_notes = bool(list_editions(session, ReferenceKind.ICD10CM_NOTES))
    if again or not has_notes:
        notes, _ = shipped_notes()
        _import(notes, NOTE_COUNT)
    if known and not again:
        out.print(f"ICD-10-CM is loaded: {known} codes. --again loads it anew.")
    else:
        titles = read_titles()
        _import(shipped_codes(titles), len(titles))
    _make_code_book()
    priced = {key.partition("-")[0] for config in read_clients() for key in config.fees}
    if priced:
        words = words_of_procedures(has_demo_words=settings().demo_words)
        _load(CodeSystem.PRICED, list_priced_codes(priced, words))


def _make_code_book() -> None:
    """Make what suggestions look names up in, unless it is there: no page waits for it."""
    home = settings().home
    if find_code_book(home) is None:
        out.print(f"Book of names: {len(get_code_book(home).codes)} codes.", highlight=False)


def _import_file(kind: ReferenceKind, path: Path, *, attested_by: str = "") -> None:
    """Import a file whose name need not say from when it is in force: for all days, then."""
    reader = READERS[kind]
    files, _ = gather_files([path], reader.members, reader.suffixes)
    _, first_day = reader.facts(files)
    content, _ = read_edition(kind, reader, [path], effective_from=first_day or KNOWN_FROM)
    _import(content, None, attested_by=attested_by)


def _import(content: EditionToImport, total: int | None, *, attested_by: str = "") -> None:
    """Import an edition; one that is there is taken into use again, and its list searched."""
    name = content.kind.upper()
    with _bar(f"writing {name}", total) as progress, transaction(require_database()) as session:

        def show(written: int) -> None:
            progress.update(progress.task_ids[0], completed=written)

        before = find_imported(session, _act(), content)
        if before is None:
            edition = import_edition(session, _act(), content, attested_by=attested_by, show=show)
        else:
            edition = before.edition
            project_codes(session, content.kind)
    out.print(f"{name}: {edition.row_count} rows, {edition.name}.", highlight=False)


def read_titles() -> dict[str, str]:
    """Read the titles of ICD-10-CM out of another process, by code without its dot."""
    titles = {}
    with (
        subprocess.Popen(TITLES, stdout=subprocess.PIPE, encoding="utf-8") as process,  # noqa: S603 - our own module
        _bar("reading titles", TITLE_COUNT) as progress,
    ):
        for line in process.stdout or ():
            code, _, title = line.rstrip("\n").partition("\t")
            titles[code] = title
            progress.update(progress.task_ids[0], completed=len(titles))
    if process.returncode:
        msg = "the titles of ICD-10-CM could not be read"
        raise RuntimeError(msg)
    return titles


def _load(system: CodeSystem, codes: Sequence[BillingCodeDocument]) -> None:
    name = SYSTEM_LABELS[system]
    with (
        _bar(f"writing {name}", len(codes)) as progress,
        transaction(require_database()) as session,
    ):
        for written in load_codes(session, _act(), system, codes):
            progress.update(progress.task_ids[0], completed=written)
    out.print(f"{name}: {len(codes)} codes.", highlight=False)


@contextmanager
def _bar(text: str, total: int | None) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        progress.add_task(text, total=total)
        yield progress


def _act() -> StaffAct:
    return StaffAct(f"command:codes:{getpass.getuser()}"[:80], clock.now())
