"""``revcycle x12``: look at files without a database."""

import json
from pathlib import Path
from typing import Annotated

import typer

from models.errors import RejectedError
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.diagnostics import Diagnostic, has_errors
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
    is_bad = is_refused = False
    for path in _files(paths):
        try:
            findings = check_file(_read(path))
        except RejectedError as error:
            err.print(f"refused: {error}", markup=False)
            is_refused = True
            continue
        is_bad = is_bad or has_errors(findings)
        if as_json:
            rows = [_row(finding) for finding in findings]
            out.print_json(json.dumps({"file": str(path), "findings": rows}), indent=None)
        else:
            verdict = "error" if has_errors(findings) else "ok"
            out.print(f"{path}: {verdict}", markup=False, highlight=False)
            for finding in findings:
                line = f"  {finding.severity} {finding.position} {finding.rule_id}"
                out.print(f"{line} {finding.field}: {finding.message}", markup=False)
    if is_refused or is_bad:
        raise typer.Exit(2 if is_refused else 1)


@x12_app.command("json")
def as_json(path: Path) -> None:
    """Print everything in a file as JSON, segment by segment."""
    out.print_json(json.dumps(to_json(_read(path))))


def _row(finding: Diagnostic) -> dict[str, str]:
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
