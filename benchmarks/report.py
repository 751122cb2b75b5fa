"""The numbers, as a file and as a table."""

from collections.abc import Mapping, Sequence

import orjson
from rich.table import Table

from benchmarks.measurement import Measurement

VERDICTS: Mapping[bool | None, str] = {True: "yes", False: "[red]no[/red]", None: ""}


def to_file(
    measurements: Sequence[Measurement],
    *,
    machine: Mapping[str, object],
    versions: Mapping[str, str],
    measured_at: str,
    is_quick: bool,
) -> bytes:
    """Write ``benchmarks/latest.json``; a quick run says so, because its numbers mean nothing."""
    content = {
        "measured_at": measured_at,
        "quick": is_quick,
        "machine": machine,
        "versions": versions,
        "benchmarks": [measurement.to_json() for measurement in measurements],
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_table(measurements: Sequence[Measurement]) -> Table:
    """Lay the numbers out for a person."""
    table = Table("benchmark", "value", "unit", "target", "met", "beside it", title="Benchmarks")
    table.columns[0].no_wrap = table.columns[2].no_wrap = True
    table.columns[1].justify = table.columns[3].justify = "right"
    for one in measurements:
        peers = ", ".join(f"{name} {number(value)}" for name, value in one.peers.items())
        target = "" if one.target is None else number(one.target)
        table.add_row(one.name, number(one.value), one.unit, target, VERDICTS[one.met], peers)
    return table


def number(value: float) -> str:
    """Print a number as short as it is honest."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits
