"""People and organizations of a claim, read from NM1, N3, N4, DMG, PER and PRV."""

from models.documents.party import Address, Organization, Person, Provider
from revcycle.formats.x12.loops import Loop
from revcycle.formats.x12.notes import Notes


def read_person(loop: Loop, notes: Notes) -> tuple[Person, str]:
    """Read a person and the number that NM109 gives them."""
    name, address = loop.take("NM1"), read_address(loop)
    demographics = loop.take("DMG")
    person = Person(
        last_name=name.get(3),
        first_name=name.get(4),
        middle_name=name.get(5),
        suffix=name.get(7),
        birth_date=notes.date(demographics, 2),
        sex=demographics.get(3),
        address=address,
    )
    return person, name.get(9)


def read_address(loop: Loop) -> Address | None:
    """Read N3 and N4, where either is present."""
    street, place = loop.take("N3"), loop.take("N4")
    if not (street.tag or place.tag):
        return None
    return Address(street.get(1), place.get(1), place.get(2), place.get(3), street.get(2))


def read_provider(loop: Loop, notes: Notes, taxonomy_code: str = "PE") -> Provider | None:
    """Read a provider loop; an empty loop is no provider."""
    name = loop.take("NM1")
    if not name.tag:
        return None
    taxonomy = loop.take("PRV", taxonomy_code).get(3)
    notes.unread(loop)
    return Provider(name.get(9), name.get(3), name.get(4), taxonomy)


def read_organization(loop: Loop) -> Organization:
    """Read an organization; a person who bills is named last name first."""
    name, address = loop.take("NM1"), read_address(loop)
    contact = loop.take("PER")
    return Organization(
        name=" ".join(filter(None, (name.get(3), name.get(4)))),
        npi=name.get(9) if name.get(8) == "XX" else "",
        tax_id=loop.take("REF", "EI", "SY").get(2),
        address=address,
        contact_name=contact.get(2),
        contact_phone=contact.get(4) if contact.get(3) == "TE" else "",
    )
