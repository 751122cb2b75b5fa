"""People and organizations of a claim: NM1 and the N3, N4, DMG, PRV, REF and PER behind it.

Providers, facilities and payers come again on every claim, so that they are read once: their
readers know no place, only text, and tell by index what they could not hold.
"""

from datetime import date
from functools import lru_cache

from models.documents.claim import ClaimPayer
from models.documents.party import (
    Contact,
    Organization,
    Person,
    Provider,
)
from revcycle.formats.x12.claims.reading_party_segments import (
    NAME_LENGTH,
    PADDING,
    Texts,
    address_of,
    is_city_spare,
    is_plain,
    other_identifier_of,
    sort_party,
)
from revcycle.formats.x12.claims.reading_state import PARTY_TAGS, Reading, Row
from revcycle.formats.x12.drafts import quick
from revcycle.formats.x12.segments import ABSENT

ROW_PADDING = [""] * 10
DATE_LENGTH = 8
TAX_ID_QUALIFIERS = frozenset({"EI", "SY"})
PARTIES_CACHED = 4096
NOTHING: Row = [""]

Party = tuple[int, int]  # the rows of a loop: from, and up to but without
Places = tuple[int, ...]  # of segments in a party

new_person = quick(Person)


def take_party(reading: Reading, tags: frozenset[str] = PARTY_TAGS) -> Party:
    """Take an NM1 and everything that belongs to it; the reading then stands behind it."""
    rows, start = reading.rows, reading.at
    end = start + 1
    while rows[end][0] in tags:
        end += 1
    reading.at = end
    return start, end


def keep_party(reading: Reading, party: Party) -> None:
    """Keep a loop as it is."""
    reading.keep_all(reading.segments(*party))


def role_of(reading: Reading, party: Party) -> str:
    """Return NM101."""
    row = reading.rows[party[0]]
    return row[1] if len(row) > 1 else ""


def read_provider(
    reading: Reading, party: Party, taxonomy_code: str = "", *, has_address: bool = False
) -> Provider:
    """Read a provider loop.

    Args:
        reading: Where what the provider has no room for is kept.
        party: The rows of the loop.
        taxonomy_code: PRV01 where the loop may have a PRV.
        has_address: The loop may have N3, N4 and PER.
    """
    texts = tuple(reading.texts[party[0] : party[1]])
    delimiters = (reading.element, reading.separator)
    provider, rest, partly = _known_provider(texts, taxonomy_code, has_address, delimiters)
    if rest or partly:
        _keep_rest(reading, party, rest, partly)
    return provider


def read_organization(reading: Reading, party: Party, taxonomy: str = "") -> Organization:
    """Read an organization; a person who bills is named last name first."""
    texts = tuple(reading.texts[party[0] : party[1]])
    organization, rest, partly = _known_organization(
        texts, taxonomy, reading.element, reading.separator
    )
    if rest or partly:
        _keep_rest(reading, party, rest, partly)
    return organization


def read_sender(reading: Reading, party: Party) -> Organization:
    """Read who sends a file: a name and contacts; anything else is kept."""
    start, end = party
    contacts = [at for at in range(start + 1, end) if reading.rows[at][0] == "PER"]
    for at in range(start + 1, end):
        if at not in contacts:
            reading.keep(reading.segment(at))
    texts = tuple(reading.texts[at] for at in (start, *contacts))
    sender, _, partly = _known_organization(texts, "", reading.element, reading.separator)
    for index in partly:
        reading.report_spare(reading.segment((start, *contacts)[index]))
    return sender


def read_payer(reading: Reading, party: Party, information: Row) -> ClaimPayer:
    """Read a payer's loop together with the SBR before it; every REF is among its references."""
    texts = tuple(reading.texts[party[0] : party[1]])
    payer, rest, partly = payer_of(texts, said_of(information), reading.element, reading.separator)
    if rest or partly:
        _keep_rest(reading, party, rest, partly)
    return payer


def said_of(information: Row) -> tuple[str, str, str]:
    """Return what an SBR says of the payer: its rank, what it is, and why it pays second."""
    padded = information + ROW_PADDING
    return padded[1], padded[9], padded[5]


def _keep_rest(reading: Reading, party: Party, rest: Places, partly: Places) -> None:
    start = party[0]
    for index in partly:
        reading.report_spare(reading.segment(start + index))
    for index in rest:
        reading.keep(reading.segment(start + index))


@lru_cache(maxsize=PARTIES_CACHED)
def _known_provider(
    texts: Texts,
    taxonomy_code: str,
    has_address: bool,  # noqa: FBT001 - a cached function is called by position
    delimiters: tuple[str, str],
) -> tuple[Provider, Places, Places]:
    behind = sort_party(texts, taxonomy_code, *delimiters)
    places = [index for index, text in enumerate(texts) if text.startswith("PER")][1:]
    if not has_address:
        tags = ("N3", "N4", "PER")
        places = [index for index, text in enumerate(texts) if text.startswith(tags)]
        behind.street, behind.city, behind.contacts = ABSENT, ABSENT, []
    name = behind.name + PADDING
    provider = Provider(
        npi=name[9] if name[8] == "XX" else "",
        last_name=name[3],
        first_name=name[4],
        taxonomy=behind.specialty.get(3),
        middle_name=name[5],
        suffix=name[7],
        is_organization=name[2] == "2",
        references=tuple(behind.references),
        address=address_of(behind.street, behind.city),
        contact=behind.contacts[0] if behind.contacts else None,
        other_identifier=other_identifier_of(name[8], name[9]),
    )
    return provider, tuple(sorted({*behind.rest, *places})), tuple(behind.partly)


@lru_cache(maxsize=PARTIES_CACHED)
def _known_organization(
    texts: Texts, taxonomy: str, element: str, separator: str
) -> tuple[Organization, Places, Places]:
    behind = sort_party(texts, "", element, separator)
    name = behind.name + PADDING
    tax_id = next((one for one in behind.references if one.qualifier in TAX_ID_QUALIFIERS), None)
    contact = behind.contacts[0] if behind.contacts else Contact()
    phones = (number.value for number in contact.numbers[:1] if number.kind == "TE")
    organization = Organization(
        name=" ".join(filter(None, (name[3], name[4]))),
        npi=name[9] if name[8] == "XX" else "",
        tax_id=tax_id.value if tax_id else "",
        taxonomy=taxonomy,
        address=address_of(behind.street, behind.city),
        contact_name=contact.name,
        contact_phone=next(phones, ""),
        references=tuple(one for one in behind.references if one is not tax_id),
        contacts=() if is_plain(behind.contacts) else tuple(behind.contacts),
        person=Person(name[3], name[4], name[5], name[7]) if name[2] == "1" else None,
        is_tax_id_personal=tax_id is not None and tax_id.qualifier == "SY",
        other_identifier=other_identifier_of(name[8], name[9]),
    )
    is_name_spare = name[2] != "1" and any((name[4], name[5], name[7]))
    return organization, tuple(behind.rest), (*([0] if is_name_spare else ()), *behind.partly)


@lru_cache(maxsize=PARTIES_CACHED)
def payer_of(
    texts: Texts, said: tuple[str, str, str], element: str, separator: str
) -> tuple[ClaimPayer, Places, Places]:
    """Read a payer, and tell which segments have no field, or say more than the fields do."""
    behind = sort_party(texts, "", element, separator)
    name = behind.name + PADDING
    if any(name[4:8]) or name[2] != "2":
        behind.partly.append(0)
    responsibility, filing_indicator, insurance_type = said
    payer = ClaimPayer(
        name=name[3],
        payer_id=name[9],
        responsibility=responsibility,
        filing_indicator=filing_indicator,
        insurance_type=insurance_type,
        id_qualifier=name[8],
        address=address_of(behind.street, behind.city),
        references=tuple(behind.references),
    )
    contacts = (index for index, text in enumerate(texts) if text.startswith("PER"))
    return payer, (*behind.rest, *contacts), tuple(behind.partly)


def read_person(reading: Reading, party: Party) -> tuple[Person, list[int]]:
    """Read a subscriber or patient; the rows of what is no name, address or birth come back."""
    rows, (start, end) = reading.rows, party
    name, street, city, birth, sex = rows[start], NOTHING, NOTHING, None, ""
    others: list[int] = []
    for at in range(start + 1, end):
        row = rows[at]
        tag = row[0]
        if tag == "N3" and street is NOTHING:
            street = row
            if len(row) > 3 and any(row[3:]):  # noqa: PLR2004 - N302
                reading.report_spare(reading.segment(at))
        elif tag == "N4" and city is NOTHING:
            city = row
            if len(row) > 5 and is_city_spare(row):  # noqa: PLR2004 - N404
                reading.report_spare(reading.segment(at))
        elif tag == "DMG" and birth is None and not sex:
            birth, sex = _read_demographics(reading, row, at)
        else:
            others.append(at)
    padded = name + ROW_PADDING
    if padded[6] or (len(name) > NAME_LENGTH and any(name[NAME_LENGTH:])):
        reading.report_spare(reading.segment(start))
    address = address_of(street, city)
    person = new_person(
        padded[3],
        padded[4],
        padded[5],
        padded[7],
        birth,
        sex,
        address,
        is_organization=padded[2] == "2",
    )
    return person, others


def _read_demographics(reading: Reading, row: Row, at: int) -> tuple[date | None, str]:
    _, form, text, sex = (row + ROW_PADDING)[:4]
    if (form != "D8" and form) or (len(row) > 4 and any(row[4:])):  # noqa: PLR2004 - DMG03
        reading.report_spare(reading.segment(at))
    if not text:
        return None, sex
    try:
        if len(text) == DATE_LENGTH and text.isdecimal():
            return date.fromisoformat(text), sex
    except ValueError:
        pass
    reading.unreadable(reading.segment(at), 2, "not a date of the calendar as CCYYMMDD")
    return None, sex
