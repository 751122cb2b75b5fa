"""Organizations and addresses of a remittance as NM1, N3 and N4 segments."""

from collections.abc import Iterable, Iterator

from models.documents.party import Address
from models.errors import RejectedError
from revcycle.formats.x12.elements import clean, identifier
from revcycle.formats.x12.segments import Segment, segment

NAME_LIMIT = 60
FIRST_NAME_LIMIT = 35
ADDRESS_LIMIT = 55
CITY_LIMIT = 30
IDENTIFIER_LIMIT = 80
REFERENCE_LIMIT = 50


def optional_identifier(text: str, *, field: str, limit: int = IDENTIFIER_LIMIT) -> str:
    """Return an identifier unchanged, or nothing."""
    return identifier(text, field=field, limit=limit) if text else ""


def organization_segment(entity: str, name: str, qualifier: str, code: str) -> Segment:
    """Write an NM1 of a non-person entity; name and identifier are required."""
    field = f"name of NM1*{entity}"
    written = clean(name, field=field, limit=NAME_LIMIT)
    if not written:
        msg = f"{field} is required"
        raise RejectedError(msg)
    number = identifier(code, field=f"identifier of NM1*{entity}", limit=IDENTIFIER_LIMIT)
    return segment("NM1", entity, "2", written, "", "", "", "", qualifier, number)


def address_segments(address: Address | None) -> Iterator[Segment]:
    """Write N3 and N4 of an address, if there is one."""
    if address is None:
        return
    line1 = clean(address.line1, field="address line 1", limit=ADDRESS_LIMIT)
    line2 = clean(address.line2, field="address line 2", limit=ADDRESS_LIMIT)
    if line1:
        yield segment("N3", line1, line2)
    city = clean(address.city, field="city", limit=CITY_LIMIT)
    postal_code = optional_identifier(address.zip_code, field="postal code", limit=15)
    yield segment("N4", city, clean(address.state, field="state", limit=2), postal_code)


def read_address(segments: Iterable[Segment]) -> Address | None:
    """Read the first N3 and N4; None without any."""
    line1 = line2 = city = state = zip_code = ""
    is_found = False
    for one in segments:
        if one.tag == "N3":
            line1, line2, is_found = one.get(1), one.get(2), True
        elif one.tag == "N4":
            city, state, zip_code = one.get(1), one.get(2), one.get(3)
            is_found = True
    return Address(line1, city, state, zip_code, line2) if is_found else None
