"""Reads ``mpfs.csv``: amounts of Medicare's physician fee schedule that contracts refer to."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from models.documents.contract import MpfsAmount, MpfsKey
from models.documents.finding import Finding, Severity
from models.values.money import Money
from revcycle.reference.procedures import is_modifier, is_procedure_code

COLUMNS: Final = (
    "code",
    "modifier",
    "year",
    "locality",
    "nonfacility_cents",
    "facility_cents",
    "multiple_indicator",
    "bilateral_indicator",
)
RULE_ID: Final = "contract.mpfs"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """What could be read of a file, and what is wrong with the rest."""

    amounts: dict[MpfsKey, MpfsAmount] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_mpfs(text: str, file_name: str) -> FeeSchedule:
    """Read the amounts of a file; each finding names its line and what is allowed."""
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        message = f"the first line is not {','.join(COLUMNS)}"
        return FeeSchedule(findings=(_finding("header", message, f"{file_name} line 1"),))
    amounts: dict[MpfsKey, MpfsAmount] = {}
    findings: list[Finding] = []
    for row in rows:
        problems = list(_problems(row, amounts))
        position = f"{file_name} line {rows.line_num}"
        findings += [_finding(name, message, position) for name, message in problems]
        if not problems:
            amounts[_key(row)] = MpfsAmount(
                Money(int(row["nonfacility_cents"])),
                Money(int(row["facility_cents"])),
                row["multiple_indicator"],
                row["bilateral_indicator"],
            )
    return FeeSchedule(amounts, tuple(findings))


def _problems(row: Row, amounts: Mapping[MpfsKey, MpfsAmount]) -> Iterator[tuple[str, str]]:
    if None in row or None in row.values():
        yield "row", "has another number of fields than the header"
        return
    wrong = [(name, allowed) for name, is_good, allowed in CHECKS if not is_good(row[name])]
    yield from wrong
    if not wrong and _key(row) in amounts:
        yield "code", "stands twice for this modifier, year and locality"


def _key(row: Row) -> MpfsKey:
    return row["code"], row["modifier"], int(row["year"]), row["locality"]


def _finding(name: str, message: str, position: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, name, message, position)


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


CENTS: Final = (_matches("[0-9]{1,9}"), "is not a whole number of cents, such as 9250")
INDICATOR: Final = (_matches("[0-9]?"), "is not one digit, and not empty")
CHECKS: Final[tuple[tuple[str, Callable[[str], bool], str], ...]] = (
    ("code", is_procedure_code, "is not a CPT or HCPCS code"),
    ("modifier", lambda text: not text or is_modifier(text), "is not one modifier, such as 26"),
    ("year", _matches("20[0-9]{2}"), "is not a year such as 2026"),
    ("locality", _matches("[0-9]{2,7}"), "is not a locality: two to seven digits"),
    ("nonfacility_cents", *CENTS),
    ("facility_cents", *CENTS),
    ("multiple_indicator", *INDICATOR),
    ("bilateral_indicator", *INDICATOR),
)
