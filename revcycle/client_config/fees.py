"""The price list of a practice: ``fees.csv`` beside its ``client.toml``.

Columns are ``code``, ``modifier``, ``amount`` and, for institutional claims, ``revenue_code``.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from models.documents.finding import Finding, Severity
from models.values.money import Money
from revcycle.reference.procedures import is_modifier, is_procedure_code, is_revenue_code

COLUMNS: Final = ("code", "modifier", "amount")
REVENUE_CODE_COLUMN: Final = "revenue_code"
RULE_ID: Final = "client.fees"


@dataclass(frozen=True, slots=True)
class PriceList:
    """What could be read of a price list, and what is wrong with the rest.

    Attributes:
        fees: Procedure code, or ``code-modifier``, to an amount in text.
        revenue_codes: Procedure code to revenue code.
    """

    fees: dict[str, str] = field(default_factory=dict)
    revenue_codes: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_fees(text: str, file_name: str) -> PriceList:
    """Read a price list; rows that are wrong are reported and left out."""
    rows = csv.DictReader(text.splitlines())
    header = tuple(rows.fieldnames or ())
    if header not in {COLUMNS, (*COLUMNS, REVENUE_CODE_COLUMN)}:
        wanted = ",".join((*COLUMNS, REVENUE_CODE_COLUMN))
        message = f"the first line is not {wanted} (the last may be left out)"
        return PriceList(findings=(_finding("header", message, f"{file_name} line 1"),))
    prices, findings = PriceList(), []
    for row in rows:
        position = f"{file_name} line {rows.line_num}"
        problems = list(_row_problems(row, prices))
        findings += [_finding(name, message, position) for name, message in problems]
        if not problems:
            _keep(row, prices)
    return PriceList(prices.fees, prices.revenue_codes, tuple(findings))


def _row_problems(row: dict[str, str], prices: PriceList) -> Iterator[tuple[str, str]]:
    if None in row or None in row.values():
        yield "row", "has another number of fields than the header"
        return
    revenue_code = row.get(REVENUE_CODE_COLUMN, "")
    if not is_procedure_code(row["code"]):
        yield "code", "is not a CPT or HCPCS code, such as 99213 or G0439 (no dental codes)"
    if row["modifier"] and not is_modifier(row["modifier"]):
        yield "modifier", "is not two capital letters or digits, such as 26"
    if not _is_price(row["amount"]):
        yield "amount", "is not an amount of more than zero, such as 125.00"
    if revenue_code and not is_revenue_code(revenue_code):
        yield "revenue_code", "is not four digits, such as 0420"
    if _fee_key(row) in prices.fees:
        yield "code", "is priced twice with this modifier"
    if revenue_code and prices.revenue_codes.get(row["code"], revenue_code) != revenue_code:
        yield "revenue_code", "differs from that of another line of this code"


def _keep(row: dict[str, str], prices: PriceList) -> None:
    prices.fees[_fee_key(row)] = row["amount"]
    if row.get(REVENUE_CODE_COLUMN):
        prices.revenue_codes[row["code"]] = row[REVENUE_CODE_COLUMN]


def _fee_key(row: dict[str, str]) -> str:
    return f"{row['code']}-{row['modifier']}" if row["modifier"] else row["code"]


def _is_price(text: str) -> bool:
    try:
        return text == text.strip() and Money.parse(text).cents > 0
    except ValueError:
        return False


def _finding(name: str, message: str, position: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, name, message, position)
