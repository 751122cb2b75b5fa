"""``revcycle x12``: look at files without a database."""

import json
from pathlib import Path
from typing import Annotated

import typer

from models.documents.finding import Finding, is_blocking
from models.errors import RejectedError
from revcycle.formats.x12.check import check_structure
from revcycle.formats.x12.listing import to_json
from workbench.commands.console import err, out

x12_app = typer.Typer(help="X12 files.", no_args_is_help=True)

Paths = Annotated[list[Path], typer.Argument(help="files, or folders with files")]


@x12_app.command()
def check(
    paths: Paths,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a file")] = False,
) -> None:
    """Judge the structure and the balances of files; exit 1 if any has an error.

    A file that cannot be read is refused (exit 2) after the others were judged.
    """
    has_errors = is_refused = False
    for path in _files(paths):
        try:
            findings = check_structure(_read(path))
        except RejectedError as error:
            err.print(f"refused: {error}", markup=False)
            is_refused = True
            continue
        has_errors = has_errors or is_blocking(findings)
        if as_json:
            rows = [_row(finding) for finding in findings]
            out.print_json(json.dumps({"file": str(path), "findings": rows}), indent=None)
        else:
            verdict = "error" if is_blocking(findings) else "ok"
            out.print(f"{path}: {verdict}", markup=False, highlight=False)
            for finding in findings:
                line = f"  {finding.severity} {finding.position} {finding.rule_id}"
                out.print(f"{line} {finding.field}: {finding.message}", markup=False)
    if is_refused or has_errors:
        raise typer.Exit(2 if is_refused else 1)


@x12_app.command("json")
def as_json(path: Path) -> None:
    """Print everything in a file as JSON, segment by segment."""
    out.print_json(json.dumps(to_json(_read(path))))


def _row(finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.rule_id,
        "severity": finding.severity,
        "field": finding.field,
        "position": finding.position,
        "message": finding.message,
    }


def _files(paths: list[Path]) -> list[Path]:
    return [
        file
        for path in paths
        for file in (sorted(one for one in path.rglob("*") if one.is_file()) or [path])
        if file.is_file() or not path.is_dir()
    ]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}"
        raise RejectedError(msg) from None
