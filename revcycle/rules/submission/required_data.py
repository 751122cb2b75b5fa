"""Does the claim say who was treated, who is insured, and where the practice is?"""

import re
from collections.abc import Iterator
from typing import Final

from models.documents.claim import ClaimDocument
from models.documents.finding import Finding, Severity
from models.documents.party import Address, Organization, Person
from revcycle.reference.procedures import is_revenue_code

RULE_ID = "scrub.required_data"
SEXES = frozenset({"F", "M", "U"})
_FULL_ZIP: Final = re.compile(r"[0-9]{9}")
_POSTAL_CODE: Final = re.compile(r"[0-9]{5}(?:[0-9]{4})?|[A-Z][0-9][A-Z][0-9][A-Z][0-9]")
_TAX_ID: Final = re.compile(r"[0-9]{9}")
_PLACE_OF_SERVICE: Final = re.compile(r"[0-9]{2}")
_BILL_TYPE: Final = re.compile(r"0[0-9A-Z]{3}")
_PO_BOX: Final = re.compile(
    r"\b(?:p\.?\s*o\.?\s*box|post\s+office\s+box|lock\s*box)\b", re.IGNORECASE
)


def check_required_data(claim: ClaimDocument) -> tuple[Finding, ...]:
    """Report each required field that is empty or cannot be what it claims to be.

    Source:
        ASC X12N/005010X222A1 and 005010X223A2: loops 2010AA (street address, nine digits of ZIP),
        2010BA and 2010CA (name, birth date, sex, address of the patient; member id of the
        subscriber), 2010BB, CLM05.
    """
    return (
        *_check_patient(claim.patient),
        *_check_subscriber(claim),
        *_check_billing_provider(claim.billing_provider),
        *_check_place(claim),
    )


def _check_patient(patient: Person) -> Iterator[Finding]:
    if not patient.last_name:
        yield _missing("patient.last_name")
    if not patient.first_name:
        yield _missing("patient.first_name")
    if patient.birth_date is None:
        yield _missing("patient.birth_date")
    if patient.sex not in SEXES:
        yield _error("patient.sex", "F, M or U")
    yield from _check_address(patient.address, "patient")


def _check_subscriber(claim: ClaimDocument) -> Iterator[Finding]:
    if not claim.subscriber.member_id:
        yield _missing("subscriber.member_id")
    if not claim.subscriber.is_patient and not claim.subscriber.person.last_name:
        yield _missing("subscriber.last_name")
    if not claim.payer.payer_id:
        yield _missing("payer.payer_id")


def _check_billing_provider(provider: Organization) -> Iterator[Finding]:
    if not provider.name:
        yield _missing("billing_provider.name")
    if not _TAX_ID.fullmatch(provider.tax_id):
        yield _error("billing_provider.tax_id", "nine digits")
    address = provider.address
    yield from _check_address(address, "billing_provider")
    if address is None:
        return
    if _PO_BOX.search(address.line1) or _PO_BOX.search(address.line2):
        yield _error("billing_provider.address", "a street address, not a box")
    if address.zip_code[:1].isdigit() and not _FULL_ZIP.fullmatch(address.zip_code):
        yield _error("billing_provider.zip_code", "nine digits")


def _check_address(address: Address | None, owner: str) -> Iterator[Finding]:
    if address is None:
        yield _missing(f"{owner}.address")
        return
    for field, text in (
        ("line1", address.line1),
        ("city", address.city),
        ("state", address.state),
    ):
        if not text.strip():
            yield _missing(f"{owner}.{field}")
    postal_code = address.zip_code.replace("-", "").replace(" ", "").upper()
    if not _POSTAL_CODE.fullmatch(postal_code):
        yield _error(f"{owner}.zip_code", "five or nine digits, or a Canadian postal code")


def _check_place(claim: ClaimDocument) -> Iterator[Finding]:
    if claim.institutional is None:
        if not _PLACE_OF_SERVICE.fullmatch(claim.place_of_service):
            yield _error("place_of_service", "two digits")
        return
    if not _BILL_TYPE.fullmatch(claim.institutional.bill_type):
        yield _error("bill_type", "four characters that begin with 0")
    for line in claim.lines:
        if not is_revenue_code(line.revenue_code):
            yield _error(f"lines[{line.number}].revenue_code", "four digits")


def _missing(field: str) -> Finding:
    return _error(field, "is missing")


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
