"""Families of procedures that payers allow as one, and how they are called.

Source:
    Ranges of code numbers: the sections of HCPCS level I; service types: ASC X12N/005010X279A1,
    EB03. Our own words.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PROCEDURE_FAMILIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "physical_therapy": "97010-97799",
        "occupational_therapy": "97010-97799",
        "speech_therapy": "92507-92526",
        "chiropractic": "98940-98943",
        "acupuncture": "97810-97814",
        "psychotherapy": "90785-90899",
    }
)

# EB03 to the family; what is not here limits services that nobody can tell by their codes.
FAMILIES_OF_SERVICE_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "PT": "physical_therapy",
        "AE": "physical_therapy",
        "AD": "occupational_therapy",
        "AF": "speech_therapy",
        "33": "chiropractic",
        "64": "acupuncture",
        "A6": "psychotherapy",
    }
)
