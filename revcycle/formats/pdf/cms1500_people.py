"""Patient, insured and payers in the boxes 1 to 13 of the CMS-1500."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from models.documents.claim import ClaimDocument, OtherPayer
from models.documents.paper import BoxText
from models.documents.party import Address, Person
from revcycle.formats.pdf.paper_boxes import (
    MARK,
    form_date,
    form_name,
    place_of,
    street_of,
    without_marks,
)

BIRTH: Final = "%m %d %Y"
ON_FILE: Final = "SIGNATURE ON FILE"
NO_GROUP: Final = "NONE"  # what Medicare wants where it pays first
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"MA": "medicare", "MB": "medicare", "MC": "medicaid", "CH": "tricare", "VA": "champva"}
)
RELATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"18": "self", "01": "spouse", "19": "child"}
)
CAUSES: Final = (("EM", "work"), ("AA", "auto"), ("OA", "accident"))


def people_texts(claim: ClaimDocument) -> Iterator[BoxText]:
    """Write who was treated, whose policy pays, and who else does."""
    yield from _payer(claim)
    yield BoxText(f"kind.{_kind(claim)}", MARK)
    yield from _patient(claim.patient)
    yield from _insured(claim)
    yield from _causes(claim)
    yield from _others(claim.other_payers)
    if claim.supplement.release_of_information:
        yield BoxText("signed_patient", ON_FILE)
    if claim.supplement.benefits_assigned == "Y":
        yield BoxText("signed_insured", ON_FILE)


def _payer(claim: ClaimDocument) -> Iterator[BoxText]:
    address = claim.payer.address
    lines = (claim.payer.name, address.line1, address.line2) if address else (claim.payer.name,)
    shown = (*filter(None, lines), place_of(address))
    for at, text in enumerate(filter(None, shown)):
        yield BoxText(f"payer.{at}", without_marks(text))


def _kind(claim: ClaimDocument) -> str:
    is_group = claim.subscriber.group_number or claim.subscriber.group_name
    return KINDS.get(claim.payer.filing_indicator, "group" if is_group else "other")


def _patient(patient: Person) -> Iterator[BoxText]:
    yield BoxText("patient", form_name(patient))
    yield BoxText("birth", form_date(patient.birth_date, BIRTH))
    if patient.sex in {"M", "F"}:
        yield BoxText(f"sex.{patient.sex.lower()}", MARK)
    yield from _address("", patient.address)
    yield BoxText("phone", _phone(patient.phone))


def _insured(claim: ClaimDocument) -> Iterator[BoxText]:
    subscriber = claim.subscriber
    person = claim.patient if subscriber.is_patient else subscriber.person
    yield BoxText("member_id", subscriber.member_id)
    yield BoxText(f"relation.{RELATIONS.get(subscriber.relationship, 'other')}", MARK)
    yield BoxText("insured", form_name(person))
    yield from _address("insured_", person.address)
    yield BoxText("insured_phone", _phone(person.phone))
    yield BoxText("insured_birth", form_date(person.birth_date, BIRTH))
    if person.sex in {"M", "F"}:
        yield BoxText(f"insured_sex.{person.sex.lower()}", MARK)
    yield BoxText("group", subscriber.group_number or _no_group(claim))
    yield BoxText("other_claim_id", claim.supplement.subscriber.casualty_claim_number)
    yield BoxText("plan", without_marks(subscriber.group_name or claim.payer.name))


def _no_group(claim: ClaimDocument) -> str:
    is_medicare_first = _kind(claim) == "medicare" and claim.payer.responsibility == "P"
    return NO_GROUP if is_medicare_first else ""


def _causes(claim: ClaimDocument) -> Iterator[BoxText]:
    causes = claim.supplement.related_causes
    for code, name in CAUSES:
        yield BoxText(f"{name}.yes" if code in causes else f"{name}.no", MARK)
    yield BoxText("accident_state", claim.supplement.accident_state)


def _others(others: tuple[OtherPayer, ...]) -> Iterator[BoxText]:
    yield BoxText("other.yes" if others else "other.no", MARK)
    if not others:
        return
    first = others[0]
    yield BoxText("other_insured", form_name(first.subscriber.person))
    yield BoxText("other_policy", first.subscriber.group_number or first.subscriber.member_id)
    yield BoxText("other_plan", without_marks(first.subscriber.group_name or first.payer.name))


def _address(prefix: str, address: Address | None) -> Iterator[BoxText]:
    yield BoxText(f"{prefix}street", street_of(address))
    if address is None:
        return
    yield BoxText(f"{prefix}city", without_marks(address.city))
    yield BoxText(f"{prefix}state", address.state)
    yield BoxText(f"{prefix}zip", address.zip_code)


def _phone(phone: str) -> str:
    """Part the area code from the number, as the form does."""
    return f"{phone[:3]} {phone[3:]}" if phone else ""
