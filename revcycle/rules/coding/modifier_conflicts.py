"""Do modifiers of one service contradict each other, or the kind of service?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.modifiers import SUBSETS_OF_59, VISIT_MODIFIERS
from revcycle.reference.visits import is_visit
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.modifier_conflicts"

# What must not stand together, and what to do instead.
_CONFLICTS: Final = (
    ({"50"}, {"LT", "RT"}, "50 says both sides already; leave out LT and RT"),
    ({"26"}, {"TC"}, "26 and TC together are the whole service; leave out both"),
    ({"76"}, {"77"}, "repeated by the same person or by another one, not both"),
    ({"59"}, set(SUBSETS_OF_59), "X modifiers say what 59 says, and why; leave out 59"),
    ({"54"}, {"55", "56"}, "each part of a global package goes on a line of its own"),
)


def check_modifier_conflicts(case: CodingCase) -> tuple[Finding, ...]:
    """Report modifiers that exclude each other, and those of visits on what is no visit.

    LT beside RT is a warning: some payers want it for services of both sides.

    Source:
        NCCI Policy Manual, chapter I, section E (59 and X modifiers; 24, 25 and 57 on evaluation
        and management only); CMS, Medicare Claims Processing Manual, chapter 12, sections 40.7 (50)
        and 20.2 (26, TC) and chapter 1, section 120 (76, 77).
    """
    return tuple(finding for line in list_services(case) for finding in _judge(line))


def _judge(line: ServiceLine) -> Iterator[Finding]:
    field = line.field("modifiers")
    for one, others, words in _CONFLICTS:
        if one & line.modifiers and others & line.modifiers:
            yield Finding(RULE_ID, Severity.ERROR, field, words)
    if {"LT", "RT"} <= line.modifiers:
        words = "left and right in one line: use 50, or a line for each side"
        yield Finding(RULE_ID, Severity.WARNING, field, words)
    wrong = sorted(VISIT_MODIFIERS & line.modifiers)
    if wrong and line.code[:1].isdigit() and not is_visit(line.code):
        words = f"{', '.join(wrong)} may stand on a visit only; {line.code} is none"
        yield Finding(RULE_ID, Severity.ERROR, field, words)
