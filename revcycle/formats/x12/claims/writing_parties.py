"""People and organizations of a claim as NM1, N3, N4, DMG, PER and PRV segments."""

import re
from collections.abc import Iterator

from models.documents.party import Address, Person, Provider
from models.errors import RejectedError
from models.values.identifiers import is_npi
from revcycle.formats.x12.elements import clean, digits, identifier, write_date
from revcycle.formats.x12.segments import Segment, segment

LAST_NAME_LIMIT = 60
FIRST_NAME_LIMIT = 35
MIDDLE_NAME_LIMIT = 25
SUFFIX_LIMIT = 10
ADDRESS_LINE_LIMIT = 55
CITY_LIMIT = 30
MEMBER_ID_LIMIT = 80
FULL_ZIP = re.compile(r"\d{9}", re.ASCII)
POSTAL_CODE = re.compile(r"\d{5}(\d{4})?|[A-Z]\d[A-Z]\d[A-Z]\d", re.ASCII)


def write_organization_name(code: str, name: str, qualifier: str = "", number: str = "") -> Segment:
    """NM1 of a non-person; a qualifier is written only with its number."""
    written = clean(name, field=f"name in NM1*{code}", limit=LAST_NAME_LIMIT)
    if not written:
        msg = f"name in NM1*{code} is missing"
        raise RejectedError(msg)
    return segment("NM1", code, "2", written, "", "", "", "", qualifier if number else "", number)


def write_person_name(code: str, person: Person, qualifier: str = "", number: str = "") -> Segment:
    """NM1 of a person; a qualifier is written only with its number."""
    last_name = clean(person.last_name, field=f"last name in NM1*{code}", limit=LAST_NAME_LIMIT)
    if not last_name:
        msg = f"last name in NM1*{code} is missing"
        raise RejectedError(msg)
    return segment(
        "NM1",
        code,
        "1",
        last_name,
        clean(person.first_name, field=f"first name in NM1*{code}", limit=FIRST_NAME_LIMIT),
        clean(person.middle_name, field=f"middle name in NM1*{code}", limit=MIDDLE_NAME_LIMIT),
        "",
        clean(person.suffix, field=f"name suffix in NM1*{code}", limit=SUFFIX_LIMIT),
        qualifier if number else "",
        number,
    )


def write_provider_name(code: str, provider: Provider) -> Segment:
    """NM1 of a person with an NPI."""
    person = Person(provider.last_name, provider.first_name)
    return write_person_name(code, person, "XX", checked_npi(provider.npi, f"NM1*{code}"))


def write_taxonomy(code: str, taxonomy: str) -> Iterator[Segment]:
    """PRV, where the taxonomy is known."""
    if taxonomy:
        yield segment("PRV", code, "PXC", identifier(taxonomy, field="taxonomy", limit=50))


def write_address(address: Address | None, owner: str) -> Iterator[Segment]:
    """N3 and N4; a Canadian address names its country.

    Raises:
        RejectedError: there is no address, it is incomplete, or its postal code is not one.
    """
    if address is None:
        msg = f"{owner} address is missing"
        raise RejectedError(msg)
    line1 = clean(address.line1, field=f"{owner} address", limit=ADDRESS_LINE_LIMIT)
    city = clean(address.city, field=f"{owner} city", limit=CITY_LIMIT)
    if not line1 or not city:
        msg = f"{owner} address is incomplete"
        raise RejectedError(msg)
    yield segment(
        "N3", line1, clean(address.line2, field=f"{owner} address", limit=ADDRESS_LINE_LIMIT)
    )
    postal_code = address.zip_code.replace("-", "").replace(" ", "").upper()
    if not POSTAL_CODE.fullmatch(postal_code):
        msg = f"{owner} postal code must have 5 or 9 digits, or be Canadian"
        raise RejectedError(msg)
    country = "" if postal_code[0].isdigit() else "CA"
    state = identifier(address.state, field=f"{owner} state", limit=2)
    yield segment("N4", city, state, postal_code, country)


def write_business_address(address: Address | None, owner: str) -> Iterator[Segment]:
    """N3 and N4 of a billing provider or facility: nine digits of ZIP.

    Source:
        005010X222A1 and 005010X223A2, N403 of loops 2010AA, 2310C (P) and 2310E (I).
    """
    for written in write_address(address, owner):
        if written.tag == "N4" and not (FULL_ZIP.fullmatch(written.get(3)) or written.get(4)):
            msg = f"{owner} postal code must have 9 digits"
            raise RejectedError(msg)
        yield written


def write_demographics(person: Person, owner: str) -> Segment:
    """DMG: birth date and sex, U where it is not known."""
    if person.birth_date is None:
        msg = f"{owner} birth date is missing"
        raise RejectedError(msg)
    return segment("DMG", "D8", write_date(person.birth_date), person.sex or "U")


def write_contact(name: str, phone: str, owner: str) -> Segment:
    """PER*IC with a telephone number."""
    number = digits(phone, field=f"{owner} telephone", lengths=(10,))
    return segment("PER", "IC", clean(name, field=f"{owner} contact", limit=60), "TE", number)


def checked_npi(npi: str, owner: str) -> str:
    """Refuse an NPI whose check digit is wrong.

    Raises:
        RejectedError: it is not an NPI.
    """
    if not is_npi(npi):
        msg = f"{owner} NPI is not valid"
        raise RejectedError(msg)
    return npi
