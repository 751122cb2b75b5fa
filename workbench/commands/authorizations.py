"""``revcycle authorizations``: what payers allow patients, and what is left of it."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.errors import RejectedError
from revcycle.connectors import clock
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.known_payers import known_payers
from revcycle.operations.verification.authorizations_left import list_authorizations_left
from revcycle.operations.verification.import_authorizations import (
    AUTHORIZATIONS,
    ImportedAuthorizations,
    import_authorizations,
)
from revcycle.settings import settings
from revcycle.store.authorizations import list_authorized_patients
from revcycle.store.session import transaction
from workbench.commands.console import err, out, table_of
from workbench.commands.practices import chosen_practices, read_client

authorizations_app = typer.Typer(
    help="What payers allow patients.", no_args_is_help=True, pretty_exceptions_show_locals=False
)
ClientArgument = Annotated[str, typer.Argument(help="key of the practice")]
SOURCE = "command"
PROBLEMS = 1


@authorizations_app.command("import")
def import_files(
    client: ClientArgument,
    paths: Annotated[
        list[Path],
        typer.Argument(help="CSV with the headers of docs/how-to/keep-authorizations.md"),
    ],
    date_format: Annotated[str, typer.Option(help="how days are written")] = "%Y-%m-%d",
) -> None:
    """Take authorizations in; exit code 1 if any row was refused."""
    config = read_client(client)
    ((_, client_id),) = chosen_practices(client)
    has_problems = False
    for path in paths:
        count = _import(config, client_id, path, date_format)
        _say(path, count)
        has_problems = has_problems or bool(count.refused)
    if has_problems:
        raise typer.Exit(PROBLEMS)


@authorizations_app.command("list")
def list_authorizations(
    client: ClientArgument,
    left: Annotated[
        int | None, typer.Option(help="only those of which at most so many are left", min=0)
    ] = None,
) -> None:
    """List authorizations with what is allowed, used and left."""
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        accounts = list_authorized_patients(session, client_id)
        found = list_authorizations_left(session, client_id, accounts)
    table = table_of("account", "payer", "number", "procedures", "until", "allowed", "used", "left")
    shown = [one for one in found if left is None or one.left <= left]
    for one in shown:
        known = one.authorization
        table.add_row(
            accounts[known.patient_id],
            one.payer_name,
            known.number or "limit of the plan",
            known.procedures or "all",
            f"{known.valid_to or ''}",
            f"{known.allowed} {known.counts}",
            f"{one.used}",
            f"{one.left}",
        )
    out.print(table if shown else "No authorizations.")


def _import(
    config: ClientConfig, client_id: UUID, path: Path, date_format: str
) -> ImportedAuthorizations:
    try:
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise RejectedError(msg) from None
    act = Act(client_id, "command:authorizations", clock.now(), clock.today_in(config.zone()))
    with transaction(settings().database, client_id) as session:
        stored = store_inbound_file(
            session, act, source=SOURCE, kind=AUTHORIZATIONS, name=path.name, content=content
        )
        return import_authorizations(
            session, act, stored.id, payers=known_payers(config), date_format=date_format
        )


def _say(path: Path, count: ImportedAuthorizations) -> None:
    if not count.is_new:
        out.print(f"{path.name}: was taken in before, nothing changed", markup=False)
        return
    for problem in count.refused:
        where = ", ".join(filter(None, (problem.position, problem.field)))
        err.print(f"{path.name}: {where}: {problem.message}", markup=False)
    out.print(
        f"{path.name}: {count.read} rows read, {count.kept.added} new, {count.kept.changed}"
        f" changed, {len(count.refused)} problems",
        markup=False,
    )
