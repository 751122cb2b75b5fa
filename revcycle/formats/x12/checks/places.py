"""Addresses: states, provinces, countries and postal codes."""

import re
from functools import lru_cache

from models.documents.finding import Severity
from revcycle.formats.x12.checks.code_sets import codes_of
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

STATE = Rule(
    "x12.state",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 270 276 (835 271 277: warning)",
    "not a state or territory of the United States, or a province of Canada",
    "the two letters of the postal service; outside of the United States name the country in N404",
    "USPS Publication 28, appendix B; Canada Post, Addressing Guidelines; N402 of the guides",
    "7",
)
POSTAL_CODE = Rule(
    "x12.postal_code",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 270 276 (835 271 277: warning)",
    "not a postal code of its country",
    "five or nine digits without a dash in the United States; A1A1A1 in Canada",
    "USPS Publication 28, section 225; N403 of the guides",
    "7",
    is_later_matter=True,
)
COUNTRY = Rule(
    "x12.country",
    Snip.CODE_SET,
    Severity.ERROR,
    "all",
    "not a country",
    "two letters of ISO 3166-1; nothing for the United States",
    "ISO 3166-1; N404 of the guides",
    "7",
)
ADDRESS_INCOMPLETE = Rule(
    "x12.address_incomplete",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "an address in the United States or Canada needs its state and its postal code",
    "give N402 and N403",
    "005010X222A1 and X223A2, N4 (notes on N402 and N403)",
    "2",
)
BILLING_ZIP = Rule(
    "x12.billing_zip",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D",
    "the postal code of the billing provider must have nine digits",
    "add the four digits of ZIP+4 without a dash",
    "005010X222A1 and X223A2, N403 of 2010AA",
    "7",
    is_later_matter=True,
)
FACILITY_ZIP = Rule(
    "x12.facility_zip",
    Snip.CODE_SET,
    Severity.WARNING,
    "837P 837I",
    "the postal code of a service facility should have nine digits",
    "add the four digits of ZIP+4 without a dash",
    "005010X222A1, N403 of 2310C; 005010X223A2, N403 of 2310E",
    "7",
)
PO_BOX = Rule(
    "x12.billing_po_box",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "a post office box is not the address of a billing provider",
    "give the street; the box may stand as the address for payment (2010AB)",
    "005010X222A1 and X223A2, N301 of 2010AA (street address only)",
    "7",
    is_later_matter=True,
)
_ZIP = re.compile(r"\d{5}(?:\d{4})?", re.ASCII)
_ZIP_PLUS_4 = re.compile(r"\d{9}", re.ASCII)
_CANADIAN = re.compile(r"[A-Z]\d[A-Z] ?\d[A-Z]\d", re.ASCII)
_BOX = re.compile(
    r"\b(?:P\.?\s*O\.?\s*B(?:OX|\b)|POST(?:AL)?\s+OFFICE\s+BOX|LOCK\s*BOX|POB)\b", re.IGNORECASE
)
UNITED_STATES = frozenset({"", "US", "USA"})
CANADA = "CA"


def check_city(segment: Segment, index: int, exam: Examination) -> None:
    """Judge state, postal code and country of an N4."""
    for rule, number in _problems(segment.get(2), segment.get(3), segment.get(4)):
        if rule is not ADDRESS_INCOMPLETE or exam.kind == "837":
            exam.report(rule, index, f"N4{number:02d}")


@lru_cache(maxsize=8192)
def _problems(state: str, postal_code: str, country: str) -> tuple[tuple[Rule, int], ...]:
    if country and country not in codes_of("countries") and country not in UNITED_STATES:
        return ((COUNTRY, 4),)
    if country in UNITED_STATES:
        return (
            *_judge(STATE, 2, state, is_good=state in codes_of("states")),
            *_judge(POSTAL_CODE, 3, postal_code, is_good=bool(_ZIP.fullmatch(postal_code))),
        )
    if country == CANADA:
        is_code = bool(_CANADIAN.fullmatch(postal_code))
        return (
            *_judge(STATE, 2, state, is_good=state in codes_of("provinces")),
            *_judge(POSTAL_CODE, 3, postal_code, is_good=is_code),
        )
    return ()


def _judge(rule: Rule, number: int, value: str, *, is_good: bool) -> tuple[tuple[Rule, int], ...]:
    if is_good:
        return ()
    return ((rule if value else ADDRESS_INCOMPLETE, number),)


def check_billing_address(loop: Loop, exam: Examination) -> None:
    """Judge the address of the billing provider (2010AA): a street, and nine digits of ZIP."""
    street, city = loop.find("N3"), loop.find("N4")
    for number in range(1, len(street)):
        if _BOX.search(street[number]):
            exam.report(PO_BOX, loop.index("N3"), f"N3{number:02d}")
    _check_nine_digits(city, loop, exam, BILLING_ZIP)


def check_facility_address(loop: Loop, exam: Examination) -> None:
    """Judge the address of a service facility."""
    _check_nine_digits(loop.find("N4"), loop, exam, FACILITY_ZIP)


def _check_nine_digits(city: Segment, loop: Loop, exam: Examination, rule: Rule) -> None:
    is_domestic = city.get(4) in UNITED_STATES and _ZIP.fullmatch(city.get(3))
    if is_domestic and not _ZIP_PLUS_4.fullmatch(city.get(3)):
        exam.report(rule, loop.index("N4"), "N403")
