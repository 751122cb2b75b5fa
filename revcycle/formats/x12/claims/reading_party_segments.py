"""The segments behind an NM1, sorted and made into the parts of a party."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.documents.party import Address, Contact, ContactNumber, Reference
from revcycle.formats.x12.drafts import quick
from revcycle.formats.x12.segments import ABSENT, Segment

PADDING = ("",) * 10
NAME_LENGTH = 10  # NM1 to NM109
CONTACT_PAIRS = (3, 5, 7)

Texts = tuple[str, ...]

new_address = quick(Address)


@dataclass(slots=True)
class SortedParty:
    """A party sorted; ``rest`` and ``partly`` are places in it."""

    name: Segment
    street: Segment = ABSENT
    city: Segment = ABSENT
    specialty: Segment = ABSENT
    references: list[Reference] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)
    partly: list[int] = field(default_factory=list)


def is_plain(contacts: Sequence[Contact]) -> bool:
    """Tell whether a name and one telephone number say it all."""
    if not contacts:
        return True
    numbers = contacts[0].numbers
    is_phone = len(numbers) == 1 and numbers[0].kind == "TE" and numbers[0].value
    return len(contacts) == 1 and bool(is_phone)


def other_identifier_of(qualifier: str, number: str) -> Reference | None:
    """Make a reference of NM108 and NM109 where they are not an NPI."""
    if (qualifier == "XX" and number) or not (qualifier or number):
        return None
    return Reference(qualifier, number)


def is_prefixed(name: Sequence[str]) -> bool:
    """Tell whether an NM1 has a prefix, or anything behind NM109."""
    return (len(name) > 6 and bool(name[6])) or any(name[NAME_LENGTH:])  # noqa: PLR2004 - NM106


def sort_party(texts: Texts, taxonomy_code: str, element: str, separator: str) -> SortedParty:
    """Sort the segments of a party; a PRV is taken only with this code in PRV01."""
    behind = SortedParty(Segment(texts[0].split(element)))
    if is_prefixed(behind.name):
        behind.partly.append(0)
    for index, text in enumerate(texts[1:], start=1):
        one = Segment(text.split(element))
        if not _sort(behind, one, taxonomy_code, separator):
            behind.rest.append(index)
        elif _is_partly_held(one, separator):
            behind.partly.append(index)
    return behind


def _sort(behind: SortedParty, one: Segment, taxonomy_code: str, separator: str) -> bool:
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


def is_city_spare(one: Sequence[str]) -> bool:
    """Tell whether an N4 has what the guides do not use: a location, or more behind N407."""
    return len(one) > 5 and (any(one[5:7]) or any(one[8:]))  # noqa: PLR2004 - N404


def address_of(street: Sequence[str], city: Sequence[str]) -> Address | None:
    """Make an address of N3 and N4, where either is present.

    The country is kept where the postal code does not tell it.
    """
    if not (street[0] or city[0]):
        return None
    line2 = street[2] if len(street) > 2 else ""  # noqa: PLR2004 - N302
    line1 = street[1] if len(street) > 1 else ""
    if len(city) == 4:  # noqa: PLR2004 - N403 is its last
        return new_address(line1, city[1], city[2], city[3], line2)
    _, town, state, zip_code, country, _, _, subdivision = (*city, *PADDING)[:8]
    if country == "CA" and zip_code[:1].isalpha():
        country = ""
    return Address(line1, town, state, zip_code, line2, country, subdivision)
