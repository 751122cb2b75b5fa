"""NM1 of a 277CA: the parties of a claim as its acknowledgement repeats them."""

from models.documents.party import Person
from models.errors import RejectedError
from revcycle.formats.x12.claims.writing_names import (
    FIRST_NAME_LIMIT,
    LAST_NAME_LIMIT,
    MIDDLE_NAME_LIMIT,
    SUFFIX_LIMIT,
)
from revcycle.formats.x12.elements import clean
from revcycle.formats.x12.segments import Segment, segment


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
