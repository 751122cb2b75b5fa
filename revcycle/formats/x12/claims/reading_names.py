"""The NM1 loops of a claim (2310) and of a line (2420): who took part, and where."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from models.documents.claim import ClaimForm
from models.documents.claim_details import AmbulanceStop
from revcycle.formats.x12.claims.reading_parties import (
    Party,
    keep_party,
    read_organization,
    read_provider,
    role_of,
    take_party,
)
from revcycle.formats.x12.claims.reading_party_segments import address_of, is_city_spare
from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.segments import ABSENT


class Name(NamedTuple):
    """One NM1 loop: where it goes and how it is read."""

    field: str
    loop: str
    read: Callable[[Reading, Party], object]


def _provider(reading: Reading, party: Party) -> object:
    return read_provider(reading, party)


def _ordering(reading: Reading, party: Party) -> object:
    return read_provider(reading, party, has_address=True)


def _rendering(reading: Reading, party: Party) -> object:
    return read_provider(reading, party, "PE")


def _attending(reading: Reading, party: Party) -> object:
    return read_provider(reading, party, "AT")


def _stop(reading: Reading, party: Party) -> object:
    """Read where an ambulance stopped."""
    name, *behind = reading.segments(*party)
    street = city = ABSENT
    if any(name[4:]) or name.get(2) != "2":
        reading.report_spare(name)
    for one in behind:
        if one[0] == "N3" and street is ABSENT and not any(one[3:]):
            street = one
        elif one[0] == "N4" and city is ABSENT and not is_city_spare(one):
            city = one
        else:
            reading.keep(one)
    return AmbulanceStop(address_of(street, city), name.get(3))


def _names(
    loop: str, names: Mapping[str, tuple[str, str, Callable[[Reading, Party], object]]]
) -> dict[str, Name]:
    return {code: Name(field, loop + letter, read) for code, (field, letter, read) in names.items()}


CLAIM_NAMES = {
    ClaimForm.PROFESSIONAL: _names(
        "2310",
        {
            "DN": ("referring_provider", "A", _provider),
            "P3": ("primary_care_provider", "A", _provider),
            "82": ("rendering_provider", "B", _rendering),
            "77": ("service_facility", "C", read_organization),
            "DQ": ("supervising_provider", "D", _provider),
            "PW": ("pick_up", "E", _stop),
            "45": ("drop_off", "F", _stop),
        },
    ),
    ClaimForm.INSTITUTIONAL: _names(
        "2310",
        {
            "71": ("attending_provider", "A", _attending),
            "72": ("operating_physician", "B", _provider),
            "ZZ": ("other_operating_physician", "C", _provider),
            "82": ("rendering_provider", "D", _provider),
            "77": ("service_facility", "E", read_organization),
            "DN": ("referring_provider", "F", _provider),
        },
    ),
}
LINE_NAMES = {
    ClaimForm.PROFESSIONAL: _names(
        "2420",
        {
            "82": ("rendering_provider", "A", _rendering),
            "QB": ("purchased_service_provider", "B", _provider),
            "77": ("service_facility", "C", read_organization),
            "DQ": ("supervising_provider", "D", _provider),
            "DK": ("ordering_provider", "E", _ordering),
            "DN": ("referring_provider", "F", _provider),
            "P3": ("primary_care_provider", "F", _provider),
            "PW": ("pick_up", "G", _stop),
            "45": ("drop_off", "H", _stop),
        },
    ),
    ClaimForm.INSTITUTIONAL: _names(
        "2420",
        {
            "72": ("operating_physician", "A", _provider),
            "ZZ": ("other_operating_physician", "B", _provider),
            "82": ("rendering_provider", "C", _provider),
            "DN": ("referring_provider", "D", _provider),
        },
    ),
}


def read_name(
    reading: Reading, names: Mapping[str, Name], loop: str, fields: dict[str, Any]
) -> None:
    """Read one NM1 loop; one that the guide does not have here, or not twice, is kept."""
    party = take_party(reading)
    name = names.get(role_of(reading, party))
    reading.loop = loop if name is None else name.loop
    if name is None or name.field in fields:
        keep_party(reading, party)
    else:
        fields[name.field] = name.read(reading, party)
