"""Does a visit on the day of a procedure say that it was work of its own?"""

from datetime import timedelta
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.visits import AFTER_OPERATION, is_visit
from revcycle.rules.coding.service_lines import ServiceLine, list_other_services, list_services

RULE_ID: Final = "coding.visit_modifiers"
MINOR: Final = frozenset({"000", "010"})
MAJOR: Final = "090"
DAY_BEFORE: Final = timedelta(days=1)  # a major package begins on the day before


def check_visit_modifiers(case: CodingCase) -> tuple[Finding, ...]:
    """Report a visit beside a minor procedure without 25, beside a major one without 57.

    The visit of the day before a major procedure belongs to it, too. Nothing is said of procedures
    whose global days are not known.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, sections 30.6.6 and 40.1; NCCI Policy
        Manual, chapter I, section D (evaluation and management services).
    """
    own = list_services(case)
    days = {line.day for line in own} | {line.day + DAY_BEFORE for line in own}
    others = (*own, *list_other_services(case, days.__contains__))
    return tuple(
        finding
        for visit in own
        if is_visit(visit.code) and visit.code != AFTER_OPERATION
        if (finding := _judge(case, visit, others)) is not None
    )


def _judge(case: CodingCase, visit: ServiceLine, others: tuple[ServiceLine, ...]) -> Finding | None:
    for other in others:
        days = case.facts.of(other.code).global_days
        if days == MAJOR and other.day - visit.day in {timedelta(0), DAY_BEFORE}:
            if "57" not in visit.modifiers:
                return _finding(visit, other, "57 if the visit decided on it")
        elif days in MINOR and other.day == visit.day and not {"25", "57"} & visit.modifiers:
            return _finding(visit, other, "25 if the visit was significant and separate")
    return None


def _finding(visit: ServiceLine, other: ServiceLine, words: str) -> Finding:
    message = f"a visit is part of {other.code} ({other.words()}): {words}, else leave it out"
    return Finding(RULE_ID, Severity.ERROR, visit.field("modifiers"), message)
