"""People and organizations of a claim: NM1 and the N3, N4, DMG, PRV, REF and PER behind it.

Providers, facilities and payers come again on every claim, so that they are read once: their
readers know no place, only segments, and tell by index what they could not hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from models.documents.claim import ClaimPayer
from models.documents.party import (
    Address,
    Contact,
    ContactNumber,
    Organization,
    Person,
    Provider,
    Reference,
)
from revcycle.formats.x12.claims.reading_state import PARTY_TAGS, Reading
from revcycle.formats.x12.segments import ABSENT, Segment

PADDING = ("",) * 10
NAME_LENGTH = 10  # NM1 to NM109
TAX_ID_QUALIFIERS = frozenset({"EI", "SY"})
CONTACT_PAIRS = (3, 5, 7)
REFERENCES_CACHED = 4096

Party = tuple[Segment, ...]
Places = tuple[int, ...]  # of segments in a party


@dataclass(slots=True)
class Behind:
    """What stands behind an NM1, sorted; ``rest`` and ``partly`` are places in the party."""

    street: Segment = ABSENT
    city: Segment = ABSENT
    specialty: Segment = ABSENT
    references: list[Reference] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)
    partly: list[int] = field(default_factory=list)


def take_party(reading: Reading, tags: frozenset[str] = PARTY_TAGS) -> Party:
    """Take an NM1 and everything that belongs to it; the reading then stands behind it."""
    segments, start = reading.segments, reading.at
    end, last = start + 1, len(segments)
    while end < last and segments[end][0] in tags:
        end += 1
    reading.at = end
    return tuple(segments[start:end])


def read_provider(reading: Reading, party: Party, taxonomy_code: str = "") -> Provider:
    """Read a provider loop.

    Args:
        reading: Where what the provider has no room for is kept.
        party: The segments of the loop.
        taxonomy_code: PRV01 where the loop may have a PRV.
    """
    provider, rest, partly = _known_provider(party, taxonomy_code, reading.separator)
    if rest or partly:
        _keep_rest(reading, party, rest, partly)
    return provider


def read_organization(reading: Reading, party: Party, taxonomy: str = "") -> Organization:
    """Read an organization; a person who bills is named last name first."""
    organization, rest, partly = _known_organization(party, taxonomy, reading.separator)
    if rest or partly:
        _keep_rest(reading, party, rest, partly)
    return organization


def read_payer(reading: Reading, party: Party, information: Segment) -> ClaimPayer:
    """Read a payer's loop together with the SBR before it; every REF is among its references."""
    payer, rest, partly = _known_payer(
        party,
        information.get(1),
        information.get(9),
        information.get(5),
        reading.separator,
    )
    if rest or partly:
        _keep_rest(reading, party, rest, partly)
    return payer


def _keep_rest(reading: Reading, party: Party, rest: Places, partly: Places) -> None:
    for index in partly:
        reading.report_spare(party[index])
    for index in rest:
        reading.keep(party[index])


@lru_cache(maxsize=REFERENCES_CACHED)
def _known_provider(
    party: Party, taxonomy_code: str, separator: str
) -> tuple[Provider, Places, Places]:
    name = party[0]
    behind = _behind(party, taxonomy_code, separator)
    _, _, kind, last, first, middle, _, suffix, qualifier, number = (name + PADDING)[:NAME_LENGTH]
    if _is_spare(name):
        behind.partly.append(0)
    provider = Provider(
        npi=number if qualifier == "XX" else "",
        last_name=last,
        first_name=first,
        taxonomy=behind.specialty.get(3),
        middle_name=middle,
        suffix=suffix,
        is_organization=kind == "2",
        references=tuple(behind.references),
        address=address_of(behind.street, behind.city),
        contact=behind.contacts[0] if behind.contacts else None,
        other_identifier=_other_identifier(qualifier, number),
    )
    _leave_repeated_contacts(party, behind)
    return provider, tuple(behind.rest), tuple(behind.partly)


@lru_cache(maxsize=REFERENCES_CACHED)
def _known_organization(
    party: Party, taxonomy: str, separator: str
) -> tuple[Organization, Places, Places]:
    name = party[0]
    behind = _behind(party, "", separator)
    _, _, kind, last, first, middle, _, suffix, qualifier, number = (name + PADDING)[:NAME_LENGTH]
    if _is_spare(name):
        behind.partly.append(0)
    tax_id = next((one for one in behind.references if one.qualifier in TAX_ID_QUALIFIERS), None)
    plain = _plain_contact(behind.contacts)
    contact = behind.contacts[0] if behind.contacts else Contact()
    phones = (number.value for number in contact.numbers[:1] if number.kind == "TE")
    organization = Organization(
        name=" ".join(filter(None, (last, first))),
        npi=number if qualifier == "XX" else "",
        tax_id=tax_id.value if tax_id else "",
        taxonomy=taxonomy,
        address=address_of(behind.street, behind.city),
        contact_name=contact.name,
        contact_phone=next(phones, ""),
        references=tuple(one for one in behind.references if one is not tax_id),
        contacts=() if plain else tuple(behind.contacts),
        person=Person(last, first, middle, suffix) if kind == "1" else None,
        is_tax_id_personal=tax_id is not None and tax_id.qualifier == "SY",
        other_identifier=_other_identifier(qualifier, number),
    )
    return organization, tuple(behind.rest), tuple(behind.partly)


@lru_cache(maxsize=REFERENCES_CACHED)
def _known_payer(
    party: Party, responsibility: str, filing_indicator: str, insurance_type: str, separator: str
) -> tuple[ClaimPayer, Places, Places]:
    name = party[0]
    behind = _behind(party, "", separator)
    if _is_spare(name) or any(name[4:8]) or name.get(2) != "2":
        behind.partly.append(0)
    payer = ClaimPayer(
        name=name.get(3),
        payer_id=name.get(9),
        responsibility=responsibility,
        filing_indicator=filing_indicator,
        insurance_type=insurance_type,
        id_qualifier=name.get(8),
        address=address_of(behind.street, behind.city),
        references=tuple(behind.references),
    )
    contacts = (index for index, one in enumerate(party) if one[0] == "PER")
    return payer, (*behind.rest, *contacts), tuple(behind.partly)


def _plain_contact(contacts: Sequence[Contact]) -> bool:
    """Tell whether a name and one telephone number say it all."""
    if not contacts:
        return True
    return len(contacts) == 1 and [number.kind for number in contacts[0].numbers] == ["TE"]


def _leave_repeated_contacts(party: Party, behind: Behind) -> None:
    places = [index for index, one in enumerate(party) if one[0] == "PER"]
    behind.rest.extend(places[1:])


def _other_identifier(qualifier: str, number: str) -> Reference | None:
    if qualifier == "XX" or not (qualifier or number):
        return None
    return Reference(qualifier, number)


def _is_spare(name: Segment) -> bool:
    """Tell whether an NM1 has a prefix, or anything behind NM109."""
    return (len(name) > 6 and bool(name[6])) or any(name[NAME_LENGTH:])  # noqa: PLR2004 - NM106


def _behind(party: Party, taxonomy_code: str, separator: str) -> Behind:
    behind = Behind()
    for index, one in enumerate(party):
        if index and not _sort(behind, one, taxonomy_code, separator):
            behind.rest.append(index)
        elif index and _is_partly_held(one, separator):
            behind.partly.append(index)
    return behind


def _sort(behind: Behind, one: Segment, taxonomy_code: str, separator: str) -> bool:
    """Put a segment where it belongs; false when there is no such place."""
    tag = one[0]
    if tag == "REF":
        behind.references.append(reference_of(one, separator))
    elif tag == "PER":
        behind.contacts.append(contact_of(one))
    elif tag == "N3" and behind.street is ABSENT:
        behind.street = one
    elif tag == "N4" and behind.city is ABSENT:
        behind.city = one
    elif tag == "PRV" and taxonomy_code == one.get(1) != "" and behind.specialty is ABSENT:
        behind.specialty = one
    else:
        return False
    return True


def _is_partly_held(one: Segment, separator: str) -> bool:
    match one[0]:
        case "N3":
            return any(one[3:])
        case "N4":
            return is_city_spare(one)
        case "PRV":
            return one.get(2) != "PXC" or any(one[4:])
        case "PER":
            return one.get(1) != "IC" or any(one[9:])
        case _:
            return is_reference_spare(one, separator)


def contact_of(one: Segment) -> Contact:
    """Read a PER with its up to three numbers."""
    pairs = ((one.get(place), one.get(place + 1)) for place in CONTACT_PAIRS)
    return Contact(one.get(2), tuple(ContactNumber(*pair) for pair in pairs if any(pair)))


def reference_of(one: Segment, separator: str) -> Reference:
    """Read a REF; REF04 may name the payer that gave the number."""
    kind, _, payer_id = one.get(4).partition(separator)
    return Reference(one.get(1), one.get(2), one.get(3), payer_id if kind == "2U" else "")


def is_reference_spare(one: Segment, separator: str) -> bool:
    """Tell whether a REF says more than a ``Reference`` can."""
    if len(one) <= 4:  # noqa: PLR2004 - REF03
        return False
    kind, _, payer_id = one[4].partition(separator)
    return any(one[5:]) or (kind != "2U" and bool(one[4])) or separator in payer_id


def is_city_spare(one: Segment) -> bool:
    """Tell whether an N4 has what the guides do not use: a location, or more behind N407."""
    return len(one) > 5 and (any(one[5:7]) or any(one[8:]))  # noqa: PLR2004 - N404 and N407


def address_of(street: Segment, city: Segment) -> Address | None:
    """Make an address of N3 and N4, where either is present.

    The country is kept where the postal code does not tell it.
    """
    if street is ABSENT and city is ABSENT:
        return None
    _, town, state, zip_code, country, _, _, subdivision = (city + PADDING)[:8]
    if country == "CA" and zip_code[:1].isalpha():
        country = ""
    line1, line2 = (street + PADDING)[1:3]
    return Address(line1, town, state, zip_code, line2, country, subdivision)


def read_person(reading: Reading, party: Party) -> tuple[Person, list[Segment]]:
    """Read a subscriber or patient; what is neither name, address nor birth comes back."""
    name, street, city, birth, sex = party[0], ABSENT, ABSENT, None, ""
    others: list[Segment] = []
    for one in party[1:]:
        tag = one[0]
        if tag == "N3" and street is ABSENT:
            street = one
        elif tag == "N4" and city is ABSENT:
            city = one
        elif tag == "DMG" and birth is None and not sex:
            birth, sex = _read_demographics(reading, one)
        else:
            others.append(one)
    if _is_spare(name):
        reading.report_spare(name)
    if len(street) > 3 and any(street[3:]):  # noqa: PLR2004 - N302
        reading.report_spare(street)
    if len(city) > 5 and is_city_spare(city):  # noqa: PLR2004 - N404
        reading.report_spare(city)
    _, _, kind, last, first, middle, _, suffix = (name + PADDING)[:8]
    person = Person(
        last, first, middle, suffix, birth, sex, address_of(street, city), "", "", kind == "2"
    )
    return person, others


def _read_demographics(reading: Reading, one: Segment) -> tuple[date | None, str]:
    if one.get(1) not in {"D8", ""} or any(one[4:]):
        reading.report_spare(one)
    text = one.get(2)
    try:
        birth = date.fromisoformat(text) if len(text) == 8 and text.isdecimal() else None  # noqa: PLR2004 - CCYYMMDD
    except ValueError:
        birth = None
    if birth is None and text:
        reading.unreadable(one, 2, "not a date of the calendar as CCYYMMDD")
    return birth, one.get(3)
