"""Specialties that charts are sorted by, and the taxonomy codes of providers that mean them.

The codes are numbers of the NUCC's provider taxonomy; the names of specialties are our own, and
coarser: a coder of cardiology codes charts of its subspecialties too.

Source:
    NPPES: a provider says its taxonomy codes itself, and a client file repeats the first of them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_CODES_OF_SPECIALTIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "allergy": ("207K00000X",),
        "anesthesia": ("207L00000X", "367500000X"),
        "behavioral_health": ("2084P0800X", "103T00000X", "103TC0700X", "1041C0700X"),
        "cardiology": ("207RC0000X", "207RI0011X", "207RC0001X"),
        "dermatology": ("207N00000X",),
        "emergency": ("207P00000X",),
        "endocrinology": ("207RE0101X",),
        "ent": ("207Y00000X",),
        "gastroenterology": ("207RG0100X",),
        "general_surgery": ("208600000X",),
        "nephrology": ("207RN0300X",),
        "neurology": ("2084N0400X",),
        "neurosurgery": ("207T00000X",),
        "obstetrics": ("207V00000X", "367A00000X"),
        "oncology": ("207RX0202X", "207RH0003X"),
        "ophthalmology": ("207W00000X", "152W00000X"),
        "orthopedics": ("207X00000X",),
        "pathology": ("207ZP0102X",),
        "pediatrics": ("208000000X", "363LP0200X"),
        "physical_medicine": ("208100000X", "225100000X", "225X00000X"),
        "podiatry": ("213E00000X",),
        "primary_care": ("207Q00000X", "207R00000X", "208D00000X", "363LF0000X"),
        "pulmonology": ("207RP1001X",),
        "radiology": ("2085R0202X", "2085R0204X"),
        "rheumatology": ("207RR0500X",),
        "urology": ("208800000X",),
        "vascular_surgery": ("2086S0129X",),
    }
)
SPECIALTIES: Final = tuple(_CODES_OF_SPECIALTIES)
_SPECIALTY_OF_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {code: specialty for specialty, codes in _CODES_OF_SPECIALTIES.items() for code in codes}
)


def specialty_of(taxonomy: str) -> str:
    """Name the specialty of a provider; empty where the code is none of ours."""
    return _SPECIALTY_OF_CODES.get(taxonomy, "")
