"""Reads ``contracts.csv``: what payers agreed to pay, one term a row.

The columns are in docs/reference/contracts.md. A row that is wrong is reported and left out.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from models.documents.contract import ContractTerm, PriceMethod
from models.documents.finding import Finding, Severity
from models.values.identifiers import is_npi
from models.values.money import ZERO, Money
from revcycle.reference.places_of_service import PLACES_OF_SERVICE
from revcycle.reference.procedures import is_modifier, is_procedure_code

COLUMNS: Final = (
    "payer",
    "plan",
    "provider_npi",
    "taxonomy",
    "place_of_service",
    "valid_from",
    "valid_to",
    "codes",
    "modifier",
    "method",
    "rate",
    "mpfs_year",
    "mpfs_locality",
    "multiple",
    "bilateral",
    "lesser_of_charge",
    "tolerance",
    "tolerance_percent",
    "note",
)
RULE_ID: Final = "contract.term"
BY_MPFS: Final = "mpfs"
WHOLE, TWICE, TENFOLD = Decimal(100), Decimal(200), Decimal(1000)  # percent; more is a slip
_NUMBER: Final = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,4})?")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TAXONOMY: Final = re.compile(r"[A-Z0-9]{10}")
_YEAR: Final = re.compile(r"20[0-9]{2}")
_LOCALITY: Final = re.compile(r"[0-9]{2,7}")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What could be read of a file, and what is wrong with the rest."""

    terms: tuple[ContractTerm, ...] = ()
    findings: tuple[Finding, ...] = field(default_factory=tuple)


def read_terms(text: str, file_name: str) -> ContractTerms:
    """Read the terms of a file; each finding names its line and what is allowed."""
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        message = f"the first line is not {','.join(COLUMNS)}"
        return ContractTerms(findings=(_finding("header", message, f"{file_name} line 1"),))
    terms: list[ContractTerm] = []
    findings: list[Finding] = []
    for row in rows:
        problems = list(_problems(row))
        position = f"{file_name} line {rows.line_num}"
        findings += [_finding(name, message, position) for name, message in problems]
        if not problems:
            terms.append(_term(row, rows.line_num))
    return ContractTerms(tuple(terms), tuple(findings))


def _problems(row: Row) -> Iterator[tuple[str, str]]:
    if None in row or None in row.values():
        yield "row", "has another number of fields than the header"
        return
    for column, (is_good, allowed) in CHECKS.items():
        if not is_good(row[column]):
            yield column, allowed
    days = row["valid_from"], row["valid_to"]
    if all(map(_is_day, days)) and days[1] < days[0]:
        yield "valid_to", "is before valid_from"
    yield from _problems_of_method(row)


def _problems_of_method(row: Row) -> Iterator[tuple[str, str]]:
    is_carve_out = row["method"] == PriceMethod.CARVE_OUT
    if is_carve_out and row["rate"]:
        yield "rate", "is left empty for a carve_out: nothing is expected"
    if not is_carve_out and not row["rate"]:
        yield "rate", "is missing: dollars for each unit, or percent"
    whole_cents = row["method"] in (PriceMethod.FEE, PriceMethod.CASE_RATE)
    if whole_cents and _is_number(row["rate"]) and not _is_amount(row["rate"]):
        yield "rate", "has parts of a cent: only per_unit and percentages may"
    for column in ("mpfs_year", "mpfs_locality"):
        if row["method"] == PriceMethod.PERCENT_OF_MPFS and not row[column]:
            yield column, "is missing: percent_of_mpfs needs the year and the locality"
    if BY_MPFS in (row["multiple"], row["bilateral"]) and not row["mpfs_year"]:
        yield "mpfs_year", "is missing: a rule by the fee schedule needs its year and locality"


def _term(row: Row, line: int) -> ContractTerm:
    low, _, high = row["codes"].partition("-")
    return ContractTerm(
        line=line,
        key=hashlib.sha256("\0".join(row[name] for name in COLUMNS[:-1]).encode()).hexdigest()[:12],
        payer_key=row["payer"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        method=PriceMethod(row["method"]),
        rate=Decimal(row["rate"] or 0),
        plan=row["plan"],
        provider_npi=row["provider_npi"],
        taxonomy=row["taxonomy"],
        place_of_service=row["place_of_service"],
        code_low=low,
        code_high=high or low,
        modifier=row["modifier"],
        mpfs_year=int(row["mpfs_year"] or 0),
        mpfs_locality=row["mpfs_locality"],
        multiple=_percents(row["multiple"]),
        has_multiple_of_mpfs=row["multiple"] == BY_MPFS,
        bilateral=Decimal(row["bilateral"]) if _is_number(row["bilateral"]) else None,
        has_bilateral_of_mpfs=row["bilateral"] == BY_MPFS,
        is_lesser_of_charge=row["lesser_of_charge"] == "yes",
        tolerance=Money.parse(row["tolerance"]) if row["tolerance"] else ZERO,
        tolerance_percent=Decimal(row["tolerance_percent"] or 0),
        note=row["note"],
    )


def _percents(text: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, text.split("/"))) if text and text != BY_MPFS else ()


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2026-01-01") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_amount(text: str) -> bool:
    try:
        return _is_number(text) and Money.parse(text).cents >= 0
    except ValueError:
        return False


def _is_percent(text: str) -> bool:
    return _is_number(text) and Decimal(text) <= TENFOLD


def _is_bilateral(text: str) -> bool:
    return _is_number(text) and WHOLE <= Decimal(text) <= TWICE


def _is_multiple(text: str) -> bool:
    return text == BY_MPFS or all(
        _is_number(one) and Decimal(one) <= WHOLE for one in text.split("/")
    )


def _are_codes(text: str) -> bool:
    low, dash, high = text.partition("-")
    if not is_procedure_code(low):
        return False
    return not dash or (is_procedure_code(high) and _shape(low) == _shape(high) and low <= high)


def _shape(code: str) -> str:
    return re.sub(r"[0-9]", "9", code)


def _or_empty(check: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: not text or check(text)


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


def _is_short(limit: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= limit and text.isprintable()


Check = tuple[Callable[[str], bool], str]
CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "payer": (_matches(_KEY), "is not a payer's key, such as blue_heron"),
        "plan": (_is_short(60), "is longer than 60 characters"),
        "provider_npi": (_or_empty(is_npi), "is not an NPI: ten digits with a good check digit"),
        "taxonomy": (_or_empty(_matches(_TAXONOMY)), "is not a taxonomy code of ten characters"),
        "place_of_service": (
            lambda text: text in ("", *PLACES_OF_SERVICE),
            "is not a place of service, such as 11",
        ),
        "valid_from": (_is_day, "is not a day, such as 2026-01-01"),
        "valid_to": (_or_empty(_is_day), "is not a day, such as 2026-12-31, and not empty"),
        "codes": (
            _or_empty(_are_codes),
            "is not a code, a range such as 99202-99215, or empty for every code",
        ),
        "modifier": (_or_empty(is_modifier), "is not one modifier, such as 26"),
        "method": (
            lambda text: text in set(PriceMethod),
            f"is not one of {', '.join(PriceMethod)}",
        ),
        "rate": (
            _or_empty(_is_number),
            "is not a number such as 88.50, with four decimals at most",
        ),
        "mpfs_year": (_or_empty(_matches(_YEAR)), "is not a year such as 2026"),
        "mpfs_locality": (_or_empty(_matches(_LOCALITY)), "is not a locality: two to seven digits"),
        "multiple": (
            _or_empty(_is_multiple),
            "is not percentages such as 100/50/50, mpfs, or empty",
        ),
        "bilateral": (
            lambda text: text in ("", BY_MPFS) or _is_bilateral(text),
            "is not a percentage from 100 to 200, mpfs, or empty",
        ),
        "lesser_of_charge": (lambda text: text in ("yes", "no", ""), "is not yes, no or empty"),
        "tolerance": (_or_empty(_is_amount), "is not an amount such as 0.05"),
        "tolerance_percent": (_or_empty(_is_percent), "is not a percentage such as 1"),
        "note": (_is_short(120), "is longer than 120 characters"),
    }
)


def _finding(name: str, message: str, position: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, name, message, position)
