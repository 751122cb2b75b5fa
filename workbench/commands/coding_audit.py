"""``revcycle coding audit``: samples, figures, and sheets for auditors outside."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.coding_audit import AuditPolicy
from models.errors import RejectedError
from models.values.coding_audit import SampleMethod
from revcycle.connectors import clock
from revcycle.formats.sheets.reading import read_sheet
from revcycle.formats.sheets.writing import write_sheet
from revcycle.operations.audit.draw_samples import (
    DrawnSample,
    draw_sample,
    draw_samples,
    month_before,
)
from revcycle.operations.audit.external_codings import (
    COLUMNS,
    SecondCodingRow,
    import_second_codings,
    list_blank_rows,
)
from revcycle.operations.audit.judge_coders import JudgedCoder, judge_coders, stand_in
from revcycle.operations.audit.list_findings import FINDING_COLUMNS, list_finding_rows
from revcycle.operations.audit.policies import audit_policy
from revcycle.operations.audit.withdraw_stale_cases import withdraw_stale_cases
from revcycle.rules.audit.accuracy import Accuracy
from revcycle.rules.audit.say_accuracy import say_accuracy, say_kappa
from revcycle.rules.audit.sum_up import DEFINITIONS
from revcycle.settings import settings
from revcycle.store.audited_cases import CaseFilter, SamplePlace
from revcycle.store.session import reading, transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices, read_client

audit_app = typer.Typer(
    help="Audits of coding: samples, figures, sheets for auditors outside.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
ACTOR = "command:coding-audit"
AUDITOR_LENGTH_MAX = 60

Client = Annotated[str, typer.Argument(help="key of the practice")]
Since = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="first day of coding; of last month"),
]
Until = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help="last day of coding; today"),
]
Coder = Annotated[str, typer.Option(help="login of one coder; without it all")]


class ExportKind(StrEnum):
    """What is exported."""

    SHEET = "sheet"  # cases that wait, to be filled in
    FINDINGS = "findings"  # every decision of closed cases


@audit_app.command()
def sample(
    client: Client,
    *,
    coder: Coder = "",
    since: Since = None,
    until: Until = None,
    method: Annotated[
        SampleMethod, typer.Option(help="how charts are chosen")
    ] = SampleMethod.RANDOM,
    cases: Annotated[int, typer.Option(min=1, max=500, help="how many charts")] = 30,
    seed: Annotated[str, typer.Option(help="what decides; a new one if empty")] = "",
) -> None:
    """Draw what is due today; with a coder draw one sample of that person's charts."""
    config = read_client(client)
    act, policy = _act(config), audit_policy(config)
    with transaction(settings().database, act.client_id) as session:
        withdraw_stale_cases(session, act)
        session.flush()
        if coder:
            first, last = _days(act.today, since, until)
            place = SamplePlace(coder, first, last, method)
            drawn = [draw_sample(session, act, policy, place, count=cases, seed=seed[:80])]
        else:
            drawn = draw_samples(session, act, policy)
    _say_samples(drawn)


@audit_app.command()
def report(
    client: Client,
    *,
    coder: Coder = "",
    since: Since = None,
    until: Until = None,
    as_json: Annotated[bool, typer.Option("--json", help="as one JSON document")] = False,
) -> None:
    """Say how accurate each coder is, how sure that is, and by which definitions."""
    config = read_client(client)
    act, policy = _act(config), audit_policy(config)
    first, last = _days(act.today, since, until)
    with reading(settings().database, [act.client_id]) as session:
        judged = judge_coders(session, [act.client_id], CaseFilter(first, last, coder))
    if as_json:
        typer.echo(json.dumps(_to_json(client, (first, last), judged, policy), indent=2))
        return
    _say_report(judged, policy)
    out.print(f"Charts coded from {first} to {last}.", highlight=False)
    for word, meaning in DEFINITIONS:
        out.print(f"{word}: {meaning}", highlight=False)


@audit_app.command("export")
def export_sheet(
    client: Client,
    path: Annotated[Path, typer.Argument(help="a file to write, .csv or .xlsx")],
    *,
    what: Annotated[ExportKind, typer.Option(help="what is exported")] = ExportKind.SHEET,
    coder: Coder = "",
    since: Since = None,
    until: Until = None,
) -> None:
    """Write the cases that wait as a sheet to fill in, or everything that audits found."""
    config = read_client(client)
    act = _act(config)
    first, last = _days(act.today, since, until)
    with transaction(settings().database, act.client_id) as session:
        if what is ExportKind.SHEET:
            heads: tuple[str, ...] = COLUMNS
            rows = list_blank_rows(session, act)
        else:
            wanted = CaseFilter(first, last, coder)
            heads, rows = FINDING_COLUMNS, list_finding_rows(session, act, wanted)
    path.write_bytes(write_sheet(path.name, what, heads, rows))
    out.print(f"{len(rows)} rows in {path}.", highlight=False)


@audit_app.command("import")
def import_sheet(
    client: Client,
    path: Annotated[Path, typer.Argument(help="a sheet that was filled in, .csv or .xlsx")],
    *,
    auditor: Annotated[str, typer.Option(help="who audited, as the record should say")],
) -> None:
    """Take second codings of an auditor outside in; exit 1 if a case was refused."""
    config = read_client(client)
    act = replace(_act(config), actor=f"external:{_name(auditor)}")
    rows = [
        SecondCodingRow(row.line, row.cells) for row in read_sheet(path.name, _read(path), COLUMNS)
    ]
    with transaction(settings().database, act.client_id) as session:
        count = import_second_codings(session, act, rows, audit_policy(config))
    out.print(
        f"{count.agreed} agreed, {count.disputed} differ and wait for a third person, "
        f"{count.unchanged} came before.",
        highlight=False,
    )
    for line, why in count.refused:
        out.print(f"line {line}: {why}", markup=False, highlight=False)
    if count.refused:
        raise typer.Exit(1)


def _name(auditor: str) -> str:
    name = auditor.strip()
    if not name or len(name) > AUDITOR_LENGTH_MAX or not name.isprintable():
        msg = f"an auditor has a name of at most {AUDITOR_LENGTH_MAX} characters"
        raise RejectedError(msg)
    return name


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise RejectedError(msg) from None


def _act(config: ClientConfig) -> Act:
    ((_, client_id),) = chosen_practices(config.key)
    return Act(client_id, ACTOR, clock.now(), clock.today_in(config.zone()))


def _days(today: date, since: datetime | None, until: datetime | None) -> tuple[date, date]:
    first = since.date() if since else month_before(today).first
    return first, until.date() if until else today


def _say_samples(drawn: Sequence[DrawnSample]) -> None:
    table = table_of("coder", "chosen by", "first day", "last day", "charts", "drawn")
    for one in drawn:
        days = (one.first_day.isoformat(), one.last_day.isoformat())
        table.add_row(one.coder, one.method, *days, str(one.population), str(one.drawn))
    out.print(table if drawn else "Nothing is to be drawn today.")


def _say_report(judged: Sequence[JudgedCoder], policy: AuditPolicy) -> None:
    table = table_of(
        "coder", "drawn", "closed", "code over code", "case over case", "material", "minor",
        "kappa", "standing",
    )  # fmt: skip
    for one in judged:
        figures = one.figures
        table.add_row(
            one.coder,
            str(one.drawn),
            str(figures.cases.count),
            say_accuracy(figures.codes),
            say_accuracy(figures.cases),
            str(figures.material),
            str(figures.minor),
            say_kappa(figures.kappa),
            stand_in(one, policy).replace("_", " "),
        )
    out.print(table if judged else "No chart of these days was audited.")


def _to_json(
    client: str, days: tuple[date, date], judged: Sequence[JudgedCoder], policy: AuditPolicy
) -> dict[str, object]:
    """Picture the report; shares are texts, so that nothing is rounded by a reader."""
    return {
        "client": client,
        "first_day": days[0].isoformat(),
        "last_day": days[1].isoformat(),
        "floor": str(policy.floor),
        "definitions": dict(DEFINITIONS),
        "coders": [_coder_to_json(one, policy) for one in judged],
    }


def _coder_to_json(one: JudgedCoder, policy: AuditPolicy) -> dict[str, object]:
    figures = one.figures
    return {
        "coder": one.coder,
        "drawn": one.drawn,
        "waiting": one.waiting,
        "standing": str(stand_in(one, policy)),
        "codes": _accuracy_to_json(figures.codes),
        "cases": _accuracy_to_json(figures.cases),
        "parts": {str(part): _accuracy_to_json(each) for part, each in figures.by_part.items()},
        "material": figures.material,
        "minor": figures.minor,
        "kappa": None if figures.kappa is None else str(figures.kappa.quantize(Decimal("0.001"))),
    }


def _accuracy_to_json(accuracy: Accuracy) -> dict[str, object]:
    places = Decimal("0.0001")
    low, high = accuracy.interval
    return {
        "right": accuracy.right,
        "count": accuracy.count,
        "share": None if accuracy.share is None else str(accuracy.share.quantize(places)),
        "low": str(low.quantize(places)),
        "high": str(high.quantize(places)),
    }
