"""Everybody who is named: NM1, N3, N4, PER, PRV, REF and DMG, both ways."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models.documents.inquiry import (
    NamedParty,
    Specialty,
    StatedAmount,
    StatedDate,
    StatedQuantity,
    Trace,
)
from models.documents.party import Address, Contact, ContactNumber, Reference
from revcycle.formats.x12.elements import (
    write_amount,
    write_date,
    write_date_range,
    write_quantity,
)
from revcycle.formats.x12.inquiries.codecs import Codec, join_parts
from revcycle.formats.x12.inquiries.loops import Found, LoopReader, only, with_kept
from revcycle.formats.x12.reading import Place, amount, period, quantity
from revcycle.formats.x12.segments import Segment, segment

PERSON = "1"
PAYER_NUMBER = "2U"
CONTACT_PAIRS = (3, 5, 7)
PERIOD_FORM = "RD8"
Demographics = tuple[date | None, str]


def _read_name(one: Segment, _: Place) -> NamedParty:
    return NamedParty(
        role=one.get(1),
        is_person=one.get(2) == PERSON,
        name=one.get(3),
        first_name=one.get(4),
        middle_name=one.get(5),
        prefix=one.get(6),
        suffix=one.get(7),
        id_qualifier=one.get(8),
        id_number=one.get(9),
        relationship=one.get(10),
    )


def _write_name(party: NamedParty) -> Segment:
    names = (party.name, party.first_name, party.middle_name, party.prefix, party.suffix)
    kind = PERSON if party.is_person else "2"
    number = (party.id_qualifier, party.id_number, party.relationship)
    return segment("NM1", party.role, kind, *names, *number)


def _read_street(one: Segment, _: Place) -> Address:
    return Address(one.get(1), "", "", "", one.get(2))


def _write_street(address: Address) -> Segment:
    return segment("N3", address.line1, address.line2)


def _read_city(one: Segment, _: Place) -> Address:
    place = (one.get(1), one.get(2), one.get(3))
    return Address("", *place, country=one.get(4), subdivision=one.get(7))


def _write_city(address: Address) -> Segment:
    place = (address.city, address.state, address.zip_code, address.country)
    return segment("N4", *place, "", "", address.subdivision)


def _read_contact(one: Segment, _: Place) -> Contact:
    pairs = ((one.get(number), one.get(number + 1)) for number in CONTACT_PAIRS)
    return Contact(one.get(2), tuple(ContactNumber(*pair) for pair in pairs if any(pair)))


def _write_contact(contact: Contact) -> Segment:
    numbers = (text for number in contact.numbers for text in (number.kind, number.value))
    return segment("PER", "IC", contact.name, *numbers)


def _read_reference(one: Segment, place: Place) -> Reference:
    qualifier, _, payer_id = one.get(4).partition(place.delimiters.component)
    payer_id = payer_id if qualifier == PAYER_NUMBER else ""
    return Reference(one.get(1), one.get(2), one.get(3), payer_id)


def _write_reference(reference: Reference) -> Segment:
    payer = join_parts((PAYER_NUMBER, reference.payer_id)) if reference.payer_id else ""
    return segment("REF", reference.qualifier, reference.value, reference.description, payer)


def _read_demographics(one: Segment, place: Place) -> Demographics:
    return place.date(one, 2), one.get(3)


def _write_demographics(known: Demographics) -> Segment:
    birth_date, sex = known
    born = ("D8", write_date(birth_date)) if birth_date else ("", "")
    return segment("DMG", *born, sex)


def _read_date(one: Segment, _: Place) -> StatedDate:
    first, last = period(one)
    return StatedDate(one.get(1), first, last if one.get(2) == PERIOD_FORM else None)


def _write_date(dated: StatedDate) -> Segment:
    if dated.last is None:
        return segment("DTP", dated.kind, "D8", write_date(dated.first))
    return segment("DTP", dated.kind, PERIOD_FORM, write_date_range(dated.first, dated.last))


NAME = Codec(_read_name, _write_name)
STREET = Codec(_read_street, _write_street)
CITY = Codec(_read_city, _write_city)
CONTACT = Codec(_read_contact, _write_contact)
REFERENCE = Codec(_read_reference, _write_reference)
SPECIALTY = Codec(
    lambda one, _: Specialty(one.get(1), one.get(3), one.get(2)),
    lambda known: segment("PRV", known.role, known.qualifier, known.code),
)
TRACE = Codec(
    lambda one, _: Trace(one.get(1), one.get(2), one.get(3), one.get(4)),
    lambda trace: segment("TRN", trace.kind, trace.number, trace.originator, trace.division),
)
AMOUNT = Codec(
    lambda one, _: StatedAmount(one.get(1), amount(one, 2)),
    lambda stated: segment("AMT", stated.kind, write_amount(stated.amount)),
)
QUANTITY = Codec(
    lambda one, _: StatedQuantity(one.get(1), quantity(one, 2)),
    lambda stated: segment("QTY", stated.kind, write_quantity(stated.quantity)),
)
DEMOGRAPHICS = Codec(_read_demographics, _write_demographics)
DATE = Codec(_read_date, _write_date)

PARTY_CODECS: Mapping[str, Codec[Any]] = {
    "NM1": NAME,
    "REF": REFERENCE,
    "N3": STREET,
    "N4": CITY,
    "PER": CONTACT,
    "PRV": SPECIALTY,
}
PARTY_ONCE = frozenset({"NM1", "N3", "N4"})
PARTY_ORDER = ("NM1", "REF", "N3", "N4", "PER", "PRV")


def read_party(segments: Sequence[Segment], place: Place, loop: str) -> NamedParty:
    """Read a party from its NM1 on; what it has no field for is kept with it."""
    reader = LoopReader(place, loop)
    party = party_of(reader.gather(segments, PARTY_CODECS, PARTY_ONCE))
    return replace(party or NamedParty(""), kept=tuple(reader.kept))


def split_parties(
    segments: Sequence[Segment], *ends: str
) -> tuple[list[Segment], list[list[Segment]]]:
    """Tell the segments of each party from those that are of none.

    Args:
        segments: A loop with names in it.
        ends: Tags behind which no party goes on.
    """
    own: list[Segment] = []
    parties: list[list[Segment]] = []
    into = own
    for one in segments:
        if one[0] == "NM1":
            into = [one]
            parties.append(into)
        elif one[0] in PARTY_CODECS:
            into.append(one)
        else:
            into = own if one[0] in ends else into
            own.append(one)
    return own, parties


def party_of(found: Found) -> NamedParty | None:
    """Put together what was read of one party; None where there is no NM1."""
    name: NamedParty | None = only(found, "NM1")
    if name is None:
        return None
    return replace(
        name,
        references=tuple(found.get("REF", ())),
        address=_address(only(found, "N3"), only(found, "N4")),
        contacts=tuple(found.get("PER", ())),
        specialties=tuple(found.get("PRV", ())),
    )


def _address(street: Address | None, city: Address | None) -> Address | None:
    if street is None or city is None:
        return street or city
    return replace(city, line1=street.line1, line2=street.line2)


def write_party_head(party: NamedParty) -> Iterator[Segment]:
    """Write NM1, REF, N3, N4 and PER."""
    yield NAME.write(party)
    yield from map(REFERENCE.write, party.references)
    address = party.address
    if address and (address.line1 or address.line2):
        yield STREET.write(address)
    if address and any(CITY.write(address)[1:]):
        yield CITY.write(address)
    yield from map(CONTACT.write, party.contacts)


def write_party(party: NamedParty) -> Iterator[Segment]:
    """Write NM1 and everything that says more of the same party."""
    specialties = map(SPECIALTY.write, party.specialties)
    yield from with_kept([*write_party_head(party), *specialties], party.kept, PARTY_ORDER)


def write_demographics(birth_date: date | None, sex: str) -> Iterator[Segment]:
    """Write DMG where birth date or sex is known."""
    if birth_date or sex:
        yield DEMOGRAPHICS.write((birth_date, sex))
