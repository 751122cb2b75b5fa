"""``revcycle x12``: look at files without a database."""

import json
import time
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from models.errors import RejectedError
from revcycle.connectors import clock
from revcycle.formats.x12.answers.acknowledge import reply
from revcycle.formats.x12.canonical import canonical_form
from revcycle.formats.x12.check import check_stream, passage_checker
from revcycle.formats.x12.checks.known_code_sets import KNOWN_CODE_SETS
from revcycle.formats.x12.checks.profile_reading import profile_named
from revcycle.formats.x12.checks.profiles import profile_names
from revcycle.formats.x12.diagnostics import Diagnostic, has_errors
from revcycle.formats.x12.explanations.explain import Wanted, explain
from revcycle.formats.x12.explanations.masking import MASK
from revcycle.formats.x12.explanations.totals import LEVELS
from revcycle.formats.x12.judging import nothing_wrong
from revcycle.formats.x12.lexing import Limits
from revcycle.formats.x12.listing import to_json
from revcycle.formats.x12.repairs import Repair, repair
from workbench.commands.console import err, out
from workbench.commands.x12_explained import print_explanation

x12_app = typer.Typer(help="X12 files.", no_args_is_help=True)

Paths = Annotated[list[Path], typer.Argument(help="files, or folders with files")]
OneFile = Annotated[Path, typer.Argument(help="the file")]
Out = Annotated[Path | None, typer.Option("--out", help="write here, not to standard output")]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", help=f"rules of a payer: {', '.join(profile_names())}"),
]
ShowPhi = Annotated[bool, typer.Option("--show-phi", help="show what may be a patient's")]

MEGABYTE = 1_000_000


@x12_app.command()
def check(
    paths: Paths,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a file")] = False,
    profile: ProfileName = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="what payers reject claim by claim is an error, too")
    ] = False,
    max_megabytes: Annotated[int, typer.Option(help="read no more of a file")] = 16_384,
    max_seconds: Annotated[int, typer.Option(help="spend no more on a file")] = 3_600,
) -> None:
    """Judge files by envelope, guide, balances, situations and codes; exit 1 if any has an error.

    A file that cannot be read is refused (exit 2) after the others were judged.
    """
    is_bad = is_refused = False
    rules = None if profile is None else profile_named(profile)
    for path in _files(paths):
        limits = _limits(max_megabytes, max_seconds)
        try:
            with _opened(path) as file:
                found = check_stream(
                    file, limits, codes=KNOWN_CODE_SETS, profile=rules, is_strict=strict
                )
                findings = tuple(found)
        except RejectedError as error:
            err.print(f"refused: {error}", markup=False)
            is_refused = True
            continue
        is_bad = is_bad or has_errors(findings)
        _print_verdict(path, findings, as_json=as_json)
    if is_refused or is_bad:
        raise typer.Exit(2 if is_refused else 1)


def _limits(megabytes: int, seconds: int) -> Limits:
    deadline = time.monotonic() + seconds
    return Limits(bytes_max=megabytes * MEGABYTE, is_overdue=lambda: time.monotonic() > deadline)


def _print_verdict(path: Path, findings: tuple[Diagnostic, ...], *, as_json: bool) -> None:
    if as_json:
        rows = [_row(finding) for finding in findings]
        out.print_json(json.dumps({"file": str(path), "findings": rows}), indent=None)
        return
    verdict = "error" if has_errors(findings) else "ok"
    out.print(f"{path}: {verdict}", markup=False, highlight=False, soft_wrap=True)
    for finding in findings:
        line = f"  {finding.severity} {place_of(finding)} {finding.rule_id}"
        said = "; ".join(filter(None, (finding.message, finding.advice)))
        out.print(f"{line} {finding.field}: {said}", markup=False, soft_wrap=True)


@x12_app.command("json")
def as_json(path: Path) -> None:
    """Print everything in a file as JSON, segment by segment."""
    out.print_json(json.dumps(to_json(_read(path))))


@x12_app.command("explain")
def explain_file(
    path: OneFile,
    *,
    show_phi: ShowPhi = False,
    claim: Annotated[str, typer.Option(help="only the claim with this control number")] = "",
    segment: Annotated[int, typer.Option(help="only the segment of this number")] = 0,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="do not say what is wrong, which is faster")
    ] = False,
) -> None:
    """Print a file as a person would read it: loops, elements in words, what is wrong.

    Names, addresses, birth dates, numbers of persons and claims, and free text are masked.
    """
    wanted = Wanted(show_phi=show_phi, claim=claim, segment=segment)
    with _opened(path) as file:
        judge = nothing_wrong if unchecked else passage_checker(KNOWN_CODE_SETS, is_strict=False)
        print_explanation(explain(file, judge, wanted), out)


@x12_app.command()
def ack(
    path: OneFile,
    *,
    out_path: Out = None,
    control_number: Annotated[int, typer.Option(help="ISA13 of the first answer", min=1)] = 1,
    with_values: Annotated[
        bool, typer.Option("--with-values", help="repeat values in error; may be a patient's")
    ] = False,
) -> None:
    """Write the TA1 and 999 that answer a file, from what its check found."""
    answer = reply(
        _read(path),
        passage_checker(KNOWN_CODE_SETS, is_strict=False),
        control_number=control_number,
        created_at=clock.now(),
        with_values=with_values,
    )
    if answer:
        _write(answer, out_path)
    else:
        err.print("no acknowledgement is due")


@x12_app.command("repair")
def repair_file(path: OneFile, *, out_path: Out = None, show_phi: ShowPhi = False) -> None:
    """Put the form of a file right: blanks, letter case, punctuation. List what was changed.

    Codes, amounts, dates and names keep their meaning. Without --out nothing is written.
    """
    repaired, repairs = repair(_read(path))
    for one in repairs:
        out.print(_said(one, show_phi=show_phi), markup=False, highlight=False, soft_wrap=True)
    out.print(f"{len(repairs)} repairs", highlight=False)
    if out_path is not None:
        _write(repaired, out_path)


@x12_app.command()
def canonical(path: OneFile, *, out_path: Out = None) -> None:
    """Write a file in the one form that two files can be compared in."""
    _write(canonical_form(_read(path)), out_path)


def _said(one: Repair, *, show_phi: bool) -> str:
    before, after = (one.before, one.after) if show_phi else (MASK, MASK)
    place = ", ".join(
        filter(
            None,
            (
                f"ISA {one.interchange}",
                f"ST {one.transaction}" if one.transaction else "",
                f"segment {one.segment}" if one.segment else "",
            ),
        )
    )
    return f"{place}: {one.subject} {one.kind}: {before!r} -> {after!r} [{one.rule_id}]"


def place_of(finding: Diagnostic) -> str:
    """Name the kind of test and the place: ``guide (2) ISA 000000042, ST 0001, segment 12``."""
    level = f"{LEVELS[finding.level]} ({int(finding.level)})"
    return f"{level} {finding.position}".strip()


def _row(finding: Diagnostic) -> dict[str, str | int]:
    return {
        "rule": finding.rule_id,
        "severity": finding.severity,
        "field": finding.field,
        "position": finding.position,
        "message": finding.message,
        "advice": finding.advice,
        "level": int(finding.level),
        "interchange": finding.interchange,
        "transaction": finding.transaction,
        "loop": finding.loop,
        "segment": finding.segment,
        "tag": finding.tag,
        "element": finding.element,
        "component": finding.component,
        "code": finding.code,
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


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}"
        raise RejectedError(msg) from None


def _write(content: bytes, path: Path | None) -> None:
    if path is None:
        typer.echo(content, nl=False)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise RejectedError(msg) from None
