"""May a procedure be billed for both sides, and as one unit?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.both_sides"
BOTH_SIDES: Final = "50"
# Medicare's indicators with which 50 may not stand, and why.
_REASONS: Final = {
    "0": "it cannot be done on two sides",
    "2": "its price is that of both sides already",
    "9": "there are no sides to it",
}


def check_both_sides(case: CodingCase) -> tuple[Finding, ...]:
    """Report modifier 50 where the fee schedule knows no second side, or beside several units.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 40.7; National Physician Fee
        Schedule Relative Value File, field "bilateral surgery".
    """
    return tuple(
        finding
        for line in list_services(case)
        if BOTH_SIDES in line.modifiers
        for finding in _judge(line, case.facts.of(line.code).bilateral)
    )


def _judge(line: ServiceLine, indicator: str) -> Iterator[Finding]:
    if reason := _REASONS.get(indicator):
        message = f"modifier 50 may not stand on {line.code}, {reason}: leave it out"
        yield Finding(RULE_ID, Severity.ERROR, line.field("modifiers"), message)
    elif indicator and line.service.units > 1:
        message = "with modifier 50 both sides are one unit"
        yield Finding(RULE_ID, Severity.ERROR, line.field("units"), message)
