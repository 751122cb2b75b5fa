"""``revcycle claims``: claims on paper."""

import getpass
import re
from pathlib import Path
from typing import Annotated

import typer

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.finding import is_blocking
from models.documents.paper import PaperMode
from models.errors import NotFoundError
from revcycle.connectors import clock
from revcycle.formats.pdf.paper_form import fill_claim_form, render_claim_form
from revcycle.operations.submission.policies import practice_facts
from revcycle.operations.submission.print_claim_form import print_claim_form
from revcycle.settings import settings
from revcycle.store.claims import find_claim_id
from revcycle.store.session import transaction
from workbench.commands.console import out
from workbench.commands.practices import chosen_practices, read_client

claims_app = typer.Typer(help="Claims on paper.", no_args_is_help=True)


@claims_app.callback()
def claims() -> None:
    """Claims on paper."""


@claims_app.command("print")
def print_form(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    claim_number: Annotated[str, typer.Argument(help="our number, with or without its version")],
    file: Annotated[
        Path | None, typer.Option("--out", help="where to write it; without it NUMBER.pdf")
    ] = None,
    *,
    outline: Annotated[
        bool, typer.Option("--outline", help="with boxes, to read; else for pre-printed stock")
    ] = False,
) -> None:
    """Write a claim as CMS-1500 or UB-04; exit 1 if something does not fit its box.

    Without --outline only the data are printed, at ten characters and six lines an inch; [paper]
    in the client file moves them. The PDF names a patient: keep it where nobody else looks.
    """
    config = read_client(client)
    pdf, problems = _render(config, claim_number, PaperMode.OUTLINE if outline else PaperMode.DATA)
    for problem in problems:
        out.print(problem, markup=False)
    if problems and not outline:
        raise typer.Exit(1)
    target = file or Path(f"{re.sub(r'[^0-9A-Za-z]', '', claim_number)}.pdf")
    target.write_bytes(pdf)
    out.print(f"written to {target}", markup=False)


def _render(config: ClientConfig, number: str, mode: PaperMode) -> tuple[bytes, list[str]]:
    """Picture, fill and draw; the database is closed before anything is drawn."""
    ((_, client_id),) = chosen_practices(config.key)
    today = clock.today_in(config.zone())
    act = Act(client_id, f"command:claims:{getpass.getuser()}"[:80], clock.now(), today)
    with transaction(settings().database, client_id) as session:
        claim_id = find_claim_id(session, client_id, number)
        if claim_id is None:
            msg = "no claim of this number at this practice"
            raise NotFoundError(msg)
        claim = print_claim_form(session, act, claim_id, practice=practice_facts(config))
    filled = fill_claim_form(claim, on=today)
    problems = [f"{one.position}, {one.field}: {one.message}" for one in filled.findings]
    if is_blocking(filled.findings) and mode is PaperMode.DATA:
        return b"", problems
    shift = config.paper.to_shift()
    return render_claim_form(claim, filled, mode=mode, on=today, shift=shift), problems
