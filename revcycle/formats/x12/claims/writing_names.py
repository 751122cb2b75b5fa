"""People, organizations and payers of a claim: NM1 and the N3, N4, DMG, PRV, REF, PER behind it."""

import re
from collections.abc import Sequence
from datetime import date

from models.documents.party import Address, Contact, Organization, Person, Provider, Reference
from revcycle.formats.x12.claims.writing_pen import Pen, shown

LAST_NAME_LIMIT = 60
FIRST_NAME_LIMIT = 35
MIDDLE_NAME_LIMIT = 25
SUFFIX_LIMIT = 10
ADDRESS_LINE_LIMIT = 55
CITY_LENGTHS = (2, 30)
CONTACTS_MAX = 2
CONTACT_NUMBERS_MAX = 3
PHONE_LENGTHS = {"TE": (10,), "FX": (10,)}
FULL_ZIP_LENGTH = 9
ZIP_LENGTHS = frozenset({5, FULL_ZIP_LENGTH})
POSTAL_CODE = re.compile(r"\d{5}(\d{4})?|[A-Z]\d[A-Z]\d[A-Z]\d", re.ASCII)
NORTH_AMERICA = frozenset({"", "US", "CA"})
EARLIEST_BIRTH = date(1850, 1, 1)


def put_person_name(
    pen: Pen, code: str, person: Person, qualifier: str = "", number: str = ""
) -> None:
    """NM1 of a person, or of an organization that holds a policy."""
    if pen.as_it_stands and not (person.last_name or person.first_name or number):
        return
    kind, owner = "2" if person.is_organization else "1", f"NM1*{code}"
    last = pen.required_text(person.last_name, LAST_NAME_LIMIT, "last name", owner)
    first = middle = suffix = ""
    if person.first_name:
        first = pen.text(person.first_name, FIRST_NAME_LIMIT, "first name", owner)
    if person.middle_name:
        middle = pen.text(person.middle_name, MIDDLE_NAME_LIMIT, "middle name", owner)
    if person.suffix:
        suffix = pen.text(person.suffix, SUFFIX_LIMIT, "name suffix", owner)
    pen.out.append(
        f"NM1*{code}*{kind}*{last}*{first}*{middle}**{suffix}*{qualifier}*{number}".rstrip("*")
    )


def put_organization_name(
    pen: Pen, code: str, name: str, qualifier: str = "", number: str = ""
) -> None:
    """NM1 of a non-person."""
    if pen.as_it_stands and not (name or number):
        return
    written = pen.required_text(name, LAST_NAME_LIMIT, "name", f"NM1*{code}")
    pen.out.append(f"NM1*{code}*2*{written}*****{qualifier}*{number}".rstrip("*"))


def put_provider(
    pen: Pen, code: str, provider: Provider, owner: str, *, taxonomy_code: str = ""
) -> None:
    """Write a provider loop; few providers stand in many claims.

    Args:
        pen: Where to.
        code: NM101.
        provider: Who.
        owner: How a refusal names the provider.
        taxonomy_code: PRV01 where the loop has a PRV.
    """
    key = (code, taxonomy_code, provider)
    known = pen.memo.get(key)
    if known is not None:
        pen.out += known.split("~")
        return
    start = len(pen.out)
    _put_provider(pen, code, provider, owner, taxonomy_code)
    pen.memo[key] = "~".join(pen.out[start:])


def _put_provider(pen: Pen, code: str, provider: Provider, owner: str, taxonomy_code: str) -> None:
    qualifier, number = _provider_number(pen, provider, owner)
    if provider.last_name or code != "QB":
        person = Person(
            provider.last_name,
            provider.first_name,
            provider.middle_name,
            provider.suffix,
            is_organization=provider.is_organization,
        )
        put_person_name(pen, code, person, qualifier, number)
    else:
        kind = "2" if provider.is_organization else "1"
        pen.put("NM1", code, kind, "", "", "", "", "", qualifier, number)
    if taxonomy_code:
        put_taxonomy(pen, taxonomy_code, provider.taxonomy)
    if provider.address is not None:
        put_address(pen, provider.address, owner)
    put_references(pen, provider.references, owner)
    if provider.contact is not None:
        put_contact(pen, provider.contact, owner)


def _provider_number(pen: Pen, provider: Provider, owner: str) -> tuple[str, str]:
    if provider.npi:
        return "XX", pen.npi(provider.npi, owner)
    if provider.other_identifier is not None:
        return _other_identifier(pen, provider.other_identifier, owner)
    if not provider.references:
        pen.refuse(f"{owner} NPI is not valid")
    return "", ""


def _other_identifier(pen: Pen, number: Reference, owner: str) -> tuple[str, str]:
    field = f"{owner} identifier"
    return pen.optional_code(number.qualifier, 2, field), pen.optional_code(number.value, 80, field)


def put_taxonomy(pen: Pen, code: str, taxonomy: str) -> None:
    """PRV, where the taxonomy is known."""
    if taxonomy:
        pen.out.append(f"PRV*{code}*PXC*{pen.code(taxonomy, 50, 'taxonomy')}")


def put_organization(
    pen: Pen, code: str, organization: Organization, owner: str, *, needs_npi: bool = False
) -> None:
    """NM1 of a billing provider, facility or pay-to provider, N3 and N4 with nine digits of ZIP.

    Source:
        005010X222A1 and 005010X223A2, N403 of loops 2010AA, 2310C (P) and 2310E (I).
    """
    qualifier, number = "", ""
    if organization.npi:
        qualifier, number = "XX", pen.npi(organization.npi, owner)
    elif organization.other_identifier is not None:
        qualifier, number = _other_identifier(pen, organization.other_identifier, owner)
    elif needs_npi and not organization.references:
        pen.refuse(f"{owner} NPI is not valid")
    if organization.person is not None:
        put_person_name(pen, code, organization.person, qualifier, number)
    else:
        put_organization_name(pen, code, organization.name, qualifier, number)
    put_address(pen, organization.address, owner, needs_full_zip=True)


def put_address(
    pen: Pen, address: Address | None, owner: str, *, needs_full_zip: bool = False
) -> None:
    """N3 and N4; a Canadian address names its country."""
    if address is None:
        pen.refuse(f"{owner} address is missing")
        return
    line1 = pen.text(address.line1, ADDRESS_LINE_LIMIT, "address", owner)
    line2 = pen.text(address.line2, ADDRESS_LINE_LIMIT, "address", owner) if address.line2 else ""
    least, most = CITY_LENGTHS
    city = pen.text(address.city, most, "city", owner)
    if not line1 or len(city) < least:
        pen.refuse(f"{owner} address is incomplete")
    if line1 or line2:
        pen.out.append(f"N3*{line1}*{line2}" if line2 else f"N3*{line1}")
    state, zip_code, country, subdivision = _area(
        pen, address, owner, needs_full_zip=needs_full_zip
    )
    if country or subdivision:
        area = f"N4*{city}*{state}*{zip_code}*{country}***{subdivision}"
    else:
        area = f"N4*{city}*{state}*{zip_code}"
    area = area.rstrip("*")
    if area != "N4":
        pen.out.append(area)


def _area(
    pen: Pen, address: Address, owner: str, *, needs_full_zip: bool
) -> tuple[str, str, str, str]:
    state, zip_code, country = address.state, address.zip_code, address.country
    if country not in NORTH_AMERICA or pen.as_it_stands:
        country = country or ("CA" if zip_code[:1].isalpha() else "")
        return (
            pen.optional_code(state, 2, "state", owner),
            pen.optional_code(zip_code, 15, "postal code", owner),
            pen.optional_code(country, 3, "country", owner),
            pen.optional_code(address.subdivision, 3, "country subdivision", owner),
        )
    if not (len(zip_code) in ZIP_LENGTHS and zip_code.isascii() and zip_code.isdigit()):
        zip_code = zip_code.replace("-", "").replace(" ", "").upper()
        if not POSTAL_CODE.fullmatch(zip_code):
            pen.refuse(f"{owner} postal code must have 5 or 9 digits, or be Canadian")
    if not zip_code[0].isdigit():
        country = "CA"
    elif needs_full_zip and len(zip_code) != FULL_ZIP_LENGTH:
        pen.refuse(f"{owner} postal code must have 9 digits")
    return pen.code(state, 2, "state", 2, owner), zip_code, country, ""


def put_demographics(pen: Pen, person: Person, owner: str) -> None:
    """DMG: birth date and sex, U where it is not known."""
    born, sex = person.birth_date, person.sex
    if born is not None and (sex or not pen.as_it_stands):
        if born < EARLIEST_BIRTH:
            pen.refuse(f"{owner} birth date is too long ago")
        known = pen.code(sex, 1, "sex", 1, owner) if sex else "U"
        pen.out.append(f"DMG*D8*{pen.day(born)}*{known}")
        return
    if born is None:
        pen.refuse(f"{owner} birth date is missing")
    if born or sex:
        form = "D8" if born else ""
        pen.put("DMG", form, pen.optional_day(born), pen.optional_code(sex, 1, "sex", owner))


def put_references(pen: Pen, references: Sequence[Reference], owner: str) -> None:
    """REF segments in the order given."""
    for reference in references:
        put_reference(pen, reference, owner)


def put_reference(pen: Pen, reference: Reference, owner: str) -> None:
    """REF; with the payer that gave the number where it is not the one addressed."""
    field = f"{owner} REF*{shown(reference.qualifier)}"
    qualifier = pen.code(reference.qualifier, 3, field)
    value = pen.code(reference.value, 50, field)
    if not (reference.description or reference.payer_id):
        pen.out.append(f"REF*{qualifier}*{value}")
        return
    description = pen.text(reference.description, 80, field)
    payer = f"2U:{pen.code(reference.payer_id, 50, field)}" if reference.payer_id else ""
    pen.put("REF", qualifier, value, description, payer)


def put_number(pen: Pen, qualifier: str, value: str, field: str, limit: int = 50) -> None:
    """REF of a number that has a field of its own, where it is known."""
    if value:
        pen.out.append(f"REF*{qualifier}*{pen.code(value, limit, field)}")


def put_contacts(pen: Pen, organization: Organization, owner: str, *, required: bool) -> None:
    """PER: the contacts in full, or one with a telephone number."""
    if organization.contacts:
        if len(organization.contacts) > CONTACTS_MAX:
            pen.refuse(f"{owner} has more than {CONTACTS_MAX} contacts")
        for contact in organization.contacts:
            put_contact(pen, contact, owner)
        return
    if not organization.contact_phone and not required:
        return
    phone = pen.digits(organization.contact_phone, (10,), f"{owner} telephone")
    name = pen.text(organization.contact_name, 60, f"{owner} contact")
    if name or phone:
        pen.put("PER", "IC", name, "TE" if phone else "", phone)


def put_contact(pen: Pen, contact: Contact, owner: str) -> None:
    """PER with up to three ways to reach somebody."""
    if not (contact.name or contact.numbers) or len(contact.numbers) > CONTACT_NUMBERS_MAX:
        pen.refuse(f"{owner} contact must have 1 to {CONTACT_NUMBERS_MAX} numbers")
    numbers: list[str] = []
    for number in contact.numbers:
        field = f"{owner} contact number"
        numbers.append(pen.optional_code(number.kind, 2, field))
        if number.kind in PHONE_LENGTHS:
            numbers.append(pen.digits(number.value, PHONE_LENGTHS[number.kind], field))
        else:
            numbers.append(pen.optional_code(number.value, 256, field))
    pen.put("PER", "IC", pen.text(contact.name, 60, f"{owner} contact"), *numbers)
