"""Names as an answer can repeat them, whatever alphabet the sender used."""

from dataclasses import replace
from typing import Final

from models.documents.claim import ClaimDocument, ClaimPayer
from models.documents.party import Organization, Person
from models.errors import RejectedError
from revcycle.formats.x12.elements import BASIC_CHARACTERS, clean
from revcycle.formats.x12.segments import Delimiters

NAME_LIMIT: Final = 60  # NM103
FIRST_NAME_LIMIT: Final = 35  # NM104
WRITABLE: Final = BASIC_CHARACTERS - frozenset(Delimiters().all())


def legible_claim(claim: ClaimDocument) -> ClaimDocument:
    """Bring every name that an answer repeats into the basic character set."""
    return replace(
        claim,
        patient=_person(claim.patient),
        billing_provider=_organization(claim.billing_provider),
        payer=_payer(claim.payer),
        other_payers=tuple(
            replace(other, payer=_payer(other.payer)) for other in claim.other_payers
        ),
    )


def _person(person: Person) -> Person:
    return replace(
        person,
        last_name=_text(person.last_name, NAME_LIMIT),
        first_name=_text(person.first_name, FIRST_NAME_LIMIT),
        middle_name="",
        suffix="",
    )


def _organization(organization: Organization) -> Organization:
    return replace(organization, name=_text(organization.name, NAME_LIMIT))


def _payer(payer: ClaimPayer) -> ClaimPayer:
    return replace(payer, name=_text(payer.name or payer.payer_id, NAME_LIMIT))


def _text(text: str, limit: int) -> str:
    try:
        return clean(text, field="name", limit=limit)
    except RejectedError:
        known = "".join(letter if letter in WRITABLE else " " for letter in text.upper())
        return " ".join(known.split())[:limit].strip()
