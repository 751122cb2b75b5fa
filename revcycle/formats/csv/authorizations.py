"""Authorizations from a practice's CSV file: one row each, with these headers."""

from typing import Final

from models.documents.authorization import ToldAuthorization
from models.documents.finding import Finding, Severity
from models.values.authorized import Counted
from revcycle.formats.csv.cells import CellReader
from revcycle.formats.csv.rows import Row, read_rows

RULE_ID: Final = "verification.authorization_csv"
AUTHORIZATION_COLUMNS: Final = (
    "patient_number", "payer", "authorization_number", "procedures", "visits", "units",
    "valid_from", "valid_to",
)  # fmt: skip
REQUIRED: Final = ("patient_number", "payer", "authorization_number")
NUMBER_LENGTH: Final = 50
ALLOWED_DIGITS: Final = 4


def read_authorizations(
    data: bytes, date_format: str = "%Y-%m-%d"
) -> tuple[tuple[ToldAuthorization, ...], tuple[Finding, ...]]:
    """Read a file; return what its rows tell, and what is wrong with the others by line and field.

    Raises:
        RejectedError: nothing can be read: see ``rows.read_rows``.
    """
    columns = {name: name for name in AUTHORIZATION_COLUMNS}
    rows = read_rows(data, columns, delimiter=",", encoding="utf-8", known=columns)
    told: list[ToldAuthorization] = []
    findings: list[Finding] = []
    for row in rows:
        cells = CellReader(date_format)
        one = _authorization(row, cells)
        problems = [_renamed(problem) for problem in cells.findings]
        findings.extend(problems)
        if one is not None and not problems:
            told.append(one)
    return tuple(told), tuple(findings)


def _authorization(row: Row, cells: CellReader) -> ToldAuthorization | None:
    if row.problem:
        cells.report(row, "", row.problem, Severity.ERROR)
        return None
    for name in REQUIRED:
        if not row.cells[name]:
            cells.report(row, name, "is empty", Severity.ERROR)
    number = row.cells["authorization_number"]
    if len(number) > NUMBER_LENGTH or not number.isprintable():
        message = f"has more than {NUMBER_LENGTH} characters, or one that cannot be printed"
        cells.report(row, "authorization_number", message, Severity.ERROR)
    counts, allowed = _allowed(row, cells)
    first, last = cells.date(row, "valid_from"), cells.date(row, "valid_to")
    if first and last and last < first:
        cells.report(row, "valid_to", "lies before valid_from", Severity.ERROR)
    return ToldAuthorization(
        line=row.line,
        patient_number=row.cells["patient_number"],
        payer=row.cells["payer"],
        number=number,
        procedures=row.cells["procedures"],
        counts=counts,
        allowed=allowed,
        valid_from=first,
        valid_to=last,
    )


def _allowed(row: Row, cells: CellReader) -> tuple[Counted, int]:
    told = [one for one in Counted if row.cells[one]]
    if len(told) != 1:
        cells.report(row, "visits", "say how many visits or units, and not both", Severity.ERROR)
        return Counted.VISITS, 0
    text = row.cells[told[0]]
    if not (text.isascii() and text.isdigit() and len(text) <= ALLOWED_DIGITS):
        cells.report(row, told[0], "is a whole number from 0 to 9999", Severity.ERROR)
        return told[0], 0
    return told[0], int(text)


def _renamed(problem: Finding) -> Finding:
    return Finding(RULE_ID, problem.severity, problem.field, problem.message, problem.position)
