"""Does the kind of visit fit the place where it was?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.documents.coding import CodedService
from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity

VISIT_ID = "coding.place_and_visit"
TELEHEALTH_ID = "coding.telehealth"

TELEHEALTH_PLACES: Final = frozenset({"02", "10"})
TELEHEALTH_MODIFIERS: Final = frozenset({"95", "93", "GT", "GQ", "G0", "FQ", "FR"})
AUDIO_OR_VIDEO: Final = frozenset({"95", "93"})
THERAPY_AT_HOME: Final = frozenset({"12", "22"})  # hospital therapists, by Medicare's rules


@dataclass(frozen=True, slots=True)
class VisitFamily:
    """Visits by their first and last code, and where they are.

    Attributes:
        only: The places where they are; empty where only ``never`` is said.
        never: Places where they are not.
    """

    name: str
    first: str
    last: str
    severity: Severity
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


_HOMES: Final = frozenset({"04", "10", "12", "13", "14", "16", "27", "33", "54", "55", "56", "02"})
FAMILIES: Final = (
    VisitFamily(
        "an office or outpatient visit",
        "99202",
        "99215",
        Severity.WARNING,
        never=frozenset({"21", "23", "31", "51", "61"}),
    ),
    VisitFamily(
        "a hospital visit",
        "99221",
        "99239",
        Severity.WARNING,
        never=frozenset({"11", "12", "20", "49"}),
    ),
    VisitFamily(
        "an emergency department visit",
        "99281",
        "99285",
        Severity.ERROR,
        only=frozenset({"23"}) | TELEHEALTH_PLACES,
    ),
    VisitFamily(
        "a nursing facility visit",
        "99304",
        "99316",
        Severity.WARNING,
        only=frozenset({"31", "32", "54", "56", "61"}) | TELEHEALTH_PLACES,
    ),
    VisitFamily("a visit at home", "99341", "99350", Severity.WARNING, only=_HOMES),
)


def check_place_and_visit(case: CodingCase) -> tuple[Finding, ...]:
    """Report a visit whose code is of another place than the encounter.

    Only emergency visits are an error: office visits of a consultant in the emergency department
    are paid by some payers.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, sections 30.6.7 (office), 30.6.9
        (hospital), 30.6.11 (emergency department), 30.6.13 (nursing facility) and 30.6.14 (home).
    """
    place = case.chart.place_of_service
    if not place:
        return ()
    return tuple(
        Finding(
            VISIT_ID,
            family.severity,
            f"services[{number}].procedure_code",
            f"{service.procedure_code} is {family.name}, the place of service is {place}: "
            f"{_advice(family)}",
        )
        for number, service in enumerate(case.coding.services, start=1)
        if (family := find_visit_family(service.procedure_code)) and not _fits(family, place)
    )


def check_telehealth(case: CodingCase) -> tuple[Finding, ...]:
    """Remind of the modifier at a place of telehealth, and of the place beside such a modifier.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 190.3 (places 02 and 10,
        modifiers 93 and 95); other payers ask for both.
    """
    if not case.chart.place_of_service:
        return ()
    return tuple(
        finding
        for number, service in enumerate(case.coding.services, start=1)
        for finding in _telehealth_findings(case.chart.place_of_service, number, service)
    )


def find_visit_family(procedure: str) -> VisitFamily | None:
    """Find the kind of visit that a procedure is; None for other procedures.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 30.6.
    """
    return next(
        (
            family
            for family in FAMILIES
            if len(procedure) == len(family.first) and family.first <= procedure <= family.last
        ),
        None,
    )


def _fits(family: VisitFamily, place: str) -> bool:
    return place in family.only if family.only else place not in family.never


def _advice(family: VisitFamily) -> str:
    if family.only:
        return f"such visits are at {', '.join(sorted(family.only))}"
    return "correct the place or the code"


def _telehealth_findings(place: str, number: int, service: CodedService) -> Iterator[Finding]:
    field = f"services[{number}].modifiers"
    modifiers = set(service.modifiers)
    is_visit = find_visit_family(service.procedure_code) is not None
    if place in TELEHEALTH_PLACES and is_visit and not modifiers & TELEHEALTH_MODIFIERS:
        text = f"place {place} is telehealth: many payers ask for modifier 95, or 93 without video"
        yield Finding(TELEHEALTH_ID, Severity.INFO, field, text)
    if place not in TELEHEALTH_PLACES | THERAPY_AT_HOME and modifiers & AUDIO_OR_VIDEO:
        text = f"modifier 93 or 95 says telehealth, place {place} does not: 02 and 10 do"
        yield Finding(TELEHEALTH_ID, Severity.WARNING, field, text)
