"""Does the patient's address have the form that claims and letters need?"""

import re
from collections.abc import Iterator
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity
from models.documents.party import Address
from revcycle.reference.us_states import US_STATES

RULE_ID: Final = "intake.address"
_PROVINCES: Final = frozenset(
    ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
)
_ZIP_CODE: Final = re.compile(r"[0-9]{5}([0-9]{4})?")
_POSTAL_CODE: Final = re.compile(r"[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]")


def check_address(document: EncounterDocument) -> tuple[Finding, ...]:
    """Report a missing or incomplete address, an unknown state, and a malformed ZIP code.

    Source:
        ASC X12N/005010X222A1 (837P), loop 2010BA: N3 and N4 are required when the patient is the
        subscriber; USPS Publication 28, appendix B, for states.
    """
    address = document.patient.address
    if address is None:
        return (Finding(RULE_ID, Severity.ERROR, "patient.address", "the address is missing"),)
    return tuple(_check_parts(address))


def _check_parts(address: Address) -> Iterator[Finding]:
    for field, value, words in (
        ("line1", address.line1, "the street"),
        ("city", address.city, "the city"),
    ):
        if not value:
            yield _error(field, f"{words} is missing")
    if address.state in _PROVINCES:
        if _POSTAL_CODE.fullmatch(address.zip_code) is None:
            yield _error("zip_code", "a Canadian postal code looks like A1A 1A1")
        return
    if address.state not in US_STATES:
        yield _error("state", "a state or province is two capital letters, such as OH or ON")
    if _ZIP_CODE.fullmatch(address.zip_code) is None:
        yield _error("zip_code", "a ZIP code has five or nine digits")
    elif set(address.zip_code[:5]) == {"0"}:
        yield _error("zip_code", "00000 is no ZIP code")


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, f"patient.address.{field}", message)
