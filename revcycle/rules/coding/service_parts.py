"""May the technical or the professional part of a service be billed, and at this place?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.service_parts"
PARTS: Final = frozenset({"26", "TC"})
DIVISIBLE: Final = "1"  # a diagnostic test of two parts
INCIDENT: Final = "5"  # done by staff of an office
READ_BY_A_PHYSICIAN: Final = "6"  # a laboratory test with a reading that is paid by 26
HOSPITALS: Final = frozenset({"19", "21", "22", "23"})
FACILITIES: Final = HOSPITALS | {"24", "26", "31", "34", "51", "52", "53", "56", "61"}


def check_service_parts(case: CodingCase) -> tuple[Finding, ...]:
    """Report 26 or TC on what has no parts, and technical parts billed beside a hospital.

    Source:
        CMS, National Physician Fee Schedule Relative Value File, field "PC/TC indicator"; Medicare
        Claims Processing Manual, chapter 13, section 20.2, and chapter 12, section 20.2.
    """
    return tuple(
        finding
        for line in list_services(case)
        if (part := case.facts.of(line.code).component)
        for finding in _judge(line, part, case.chart.place_of_service)
    )


def is_paid_reading(line: ServiceLine, component: str) -> bool:
    """Tell whether a line is the reading of a laboratory test by a physician.

    Source:
        CMS, National Physician Fee Schedule Relative Value File, field "PC/TC indicator", value 6.
    """
    return component == READ_BY_A_PHYSICIAN and "26" in line.modifiers


def _judge(line: ServiceLine, part: str, place: str) -> Iterator[Finding]:
    wrong = sorted((PARTS - _parts_of(part)) & line.modifiers)
    if wrong:
        message = f"{line.code} has no such part: leave out {' and '.join(wrong)}"
        yield Finding(RULE_ID, Severity.ERROR, line.field("modifiers"), message)
    elif part == DIVISIBLE and place in HOSPITALS and "26" not in line.modifiers:
        message = f"at place {place} the hospital bills the technical part: only 26 is paid"
        yield Finding(RULE_ID, Severity.ERROR, line.field("modifiers"), message)
    elif part == INCIDENT and place in FACILITIES:
        message = f"at place {place} {line.code} is the facility's: leave it out"
        yield Finding(RULE_ID, Severity.ERROR, line.field("procedure_code"), message)


def _parts_of(component: str) -> frozenset[str]:
    """List the parts that a service has by its indicator, as modifiers say them."""
    if component == DIVISIBLE:
        return PARTS
    return frozenset({"26"}) if component == READ_BY_A_PHYSICIAN else frozenset()
