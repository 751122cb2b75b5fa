"""Does each vaccine have its giving, and each giving its vaccine?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.visits import FIRST_SHOT, is_giving_vaccine, is_vaccine
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.vaccines"


def check_vaccines(case: CodingCase) -> tuple[Finding, ...]:
    """Warn of a dose that nobody gave and of two first shots; say where a dose is missing.

    A dose may be missing because the state gave it: that is for information.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 18, section 10.2.1 (a vaccine and its
        administration are billed with two codes); NCCI Policy Manual, chapter XI, section B.
    """
    lines = list_services(case)
    return tuple(finding for line in lines for finding in _judge(line, lines))


def _judge(line: ServiceLine, lines: tuple[ServiceLine, ...]) -> Iterator[Finding]:
    beside = [other for other in lines if other.day == line.day and other is not line]
    field = line.field("procedure_code")
    if is_vaccine(line.code) and not any(is_giving_vaccine(other.code) for other in beside):
        words = f"{line.code} is a dose without its giving: add the code of the shot"
        yield Finding(RULE_ID, Severity.WARNING, field, words)
    if is_giving_vaccine(line.code) and not any(is_vaccine(other.code) for other in beside):
        words = f"{line.code} gives a dose that is not here: add it, unless somebody else paid it"
        yield Finding(RULE_ID, Severity.INFO, field, words)
    if line.code in FIRST_SHOT and any(
        other.code in FIRST_SHOT and other.number < line.number for other in beside
    ):
        words = "a day has one first shot: bill the next ones as further doses"
        yield Finding(RULE_ID, Severity.WARNING, field, words)
