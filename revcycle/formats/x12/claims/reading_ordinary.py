"""The ordinary policy: a patient who holds it, and its payer, in the order of the guide."""

from datetime import date

from models.documents.claim import Subscriber
from revcycle.formats.x12.claims.reading_frame import Frame
from revcycle.formats.x12.claims.reading_parties import new_person, read_payer
from revcycle.formats.x12.claims.reading_party_segments import new_address
from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.drafts import quick

LEVEL_ENDS = frozenset({"CLM", "HL", "SE", ""})
TAGS = ["SBR", "NM1", "N3", "N4", "DMG", "NM1"]
PAYER_AT = 5
DATE_LENGTH = 8
STREET_LENGTH = 3

new_subscriber = quick(Subscriber)


def read_ordinary_policy(reading: Reading, frame: Frame) -> bool:
    """Read SBR, NM1*IL, N3, N4, DMG and NM1*PR at one go, if that is all there is.

    Returns:
        False, and nothing was read, where the level is not quite so; the general reader gives
        the same for these six segments.
    """
    at = reading.at
    rows = reading.rows[at : at + len(TAGS) + 1]
    if [row[0] for row in rows[:-1]] != TAGS or rows[-1][0] not in LEVEL_ENDS:
        return False
    information, member, street, city, birth, payer, _ = rows
    try:
        _, _, relationship, group_number, group_name, _, *unused, _ = information
        _, role, kind, last, first, middle, prefix, suffix, qualifier, member_id = member
        _, town, state, zip_code = city
        _, form, text, sex = birth
        line1, line2 = (*street[1:], "") if len(street) < STREET_LENGTH else street[1:]
        born_on = date.fromisoformat(text)
    except ValueError:
        return False
    is_date = form == "D8" and len(text) == DATE_LENGTH and text.isdecimal()
    if not is_date or role != "IL" or payer[1:2] != ["PR"] or prefix or any(unused):
        return False
    address = new_address(line1, town, state, zip_code, line2)
    is_organization = kind == "2"
    person = new_person(last, first, middle, suffix, born_on, sex, address, "", "", is_organization)
    reading.loop = "2010BB"
    frame.payer = read_payer(reading, (at + PAYER_AT, at + PAYER_AT + 1), information)
    frame.subscriber = new_subscriber(
        person, member_id, relationship or "18", group_number, group_name, qualifier
    )
    frame.patient = person
    reading.at = at + len(TAGS)
    return True
