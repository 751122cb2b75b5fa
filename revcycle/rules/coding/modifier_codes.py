"""Is each modifier one that exists, and was it in force on the day?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.modifiers import NUMBERED_MODIFIERS
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.modifier_codes"


def check_modifier_codes(case: CodingCase) -> tuple[Finding, ...]:
    """Report modifiers that ended before the day, and warn of those that no list has.

    Numbers are those of CPT; letters are judged where a list of HCPCS with its modifiers is loaded.
    The last day of a modifier still counts.

    Source:
        CMS, HCPCS quarterly update, record layout (termination date: the last day of use); CMS,
        Medicare Claims Processing Manual, chapter 23, section 20.3 (modifiers).
    """
    return tuple(finding for line in list_services(case) for finding in _judge(case, line))


def _judge(case: CodingCase, line: ServiceLine) -> Iterator[Finding]:
    listed = case.facts.modifiers
    for modifier in line.service.modifiers:
        if modifier.isdigit():
            if modifier not in NUMBERED_MODIFIERS:
                yield _finding(line, f"there is no modifier {modifier}; correct it or leave it out")
        elif listed is not None and modifier not in listed:
            yield _finding(line, f"no list has modifier {modifier}; correct it or ask the payer")
        elif listed is not None and not any(
            first <= line.day and (last is None or line.day <= last)
            for first, last in listed[modifier]
        ):
            message = f"modifier {modifier} was not in force on {line.day}; choose another"
            yield Finding(RULE_ID, Severity.ERROR, line.field("modifiers"), message)


def _finding(line: ServiceLine, message: str) -> Finding:
    return Finding(RULE_ID, Severity.WARNING, line.field("modifiers"), message)
