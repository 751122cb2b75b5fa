"""Is the place of service one that CMS publishes, in force on the date?"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.places_of_service import PLACES_OF_SERVICE

RULE_ID = "coding.place_of_service"

# First days of places that came after ICD-10-CM did.
PLACES_SINCE: Final[Mapping[str, date]] = MappingProxyType(
    {
        "02": date(2017, 1, 1),
        "10": date(2022, 1, 1),
        "19": date(2016, 1, 1),
        "27": date(2023, 10, 1),
        "58": date(2020, 1, 1),
    }
)


def check_place_of_service(case: CodingCase) -> tuple[Finding, ...]:
    """Report a place that is none, or was none on the date; intake asks for a missing one.

    Source:
        CMS, Place of Service Code Set; Medicare Claims Processing Manual, chapter 26, section 10.5.
    """
    place = case.chart.place_of_service
    if not place:
        return ()
    if place not in PLACES_OF_SERVICE:
        return (_error("it is no place of service that CMS publishes"),)
    if case.service_date < (since := PLACES_SINCE.get(place, date.min)):
        return (_error(f"place {place} is in force from {since} only"),)
    return ()


def _error(message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, "place_of_service", message)
