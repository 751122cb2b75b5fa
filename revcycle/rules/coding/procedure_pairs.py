"""Is a procedure beside another one that includes it?"""

from collections.abc import Iterator
from itertools import product
from typing import Final

from models.documents.coding_case import CodingCase, PtpFacts
from models.documents.finding import Finding, Severity
from revcycle.reference.modifiers import PAIR_MODIFIERS
from revcycle.rules.coding.service_lines import ServiceLine, list_day_services

RULE_ID: Final = "coding.procedure_pairs"
NEVER, WITH_MODIFIER = 0, 1  # 9: the edit was never in force


def check_procedure_pairs(case: CodingCase) -> tuple[Finding, ...]:
    """Report each procedure that is not paid beside another of the same provider and day.

    Indicator 0: never beside each other. Indicator 1: with a modifier of NCCI on either of them.
    The last day of an edit still counts.

    Source:
        CMS, NCCI Policy Manual for Medicare Services, chapter I, sections A and E (procedure to
        procedure edits and their modifiers).
    """
    lines = list_day_services(case)
    return tuple(finding for pair in case.facts.pairs for finding in _judge(pair, lines))


def _judge(pair: PtpFacts, lines: tuple[ServiceLine, ...]) -> Iterator[Finding]:
    first = [line for line in lines if line.code == pair.column_one and _is_on(pair, line)]
    second = [line for line in lines if line.code == pair.column_two]
    for one, two in product(first, second):
        if one.day != two.day or not (one.is_here or two.is_here):
            continue
        if pair.indicator == NEVER:
            yield _finding(one, two, "are never paid together; leave out the one included")
        elif pair.indicator == WITH_MODIFIER and not _is_separate(one, two):
            yield _finding(
                one, two, "needs a modifier such as 59 or XS if they were separate, else leave out"
            )


def _is_on(pair: PtpFacts, line: ServiceLine) -> bool:
    is_ended = pair.deleted_on is not None and pair.deleted_on < line.day
    return pair.effective_on <= line.day and not is_ended


def _is_separate(one: ServiceLine, two: ServiceLine) -> bool:
    return bool((one.modifiers | two.modifiers) & PAIR_MODIFIERS)


def _finding(one: ServiceLine, two: ServiceLine, words: str) -> Finding:
    """Point at the service that is included; at the other where that one is not in this coding."""
    at, other = (two, one) if two.is_here else (one, two)
    message = f"{two.code} is part of {one.code} ({other.words()}): {words}"
    return Finding(RULE_ID, Severity.ERROR, at.field("procedure_code"), message)
