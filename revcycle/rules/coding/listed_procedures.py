"""Is each procedure in the lists that are loaded, and in force on its day?"""

from datetime import date
from typing import Final

from models.documents.coding_case import CodingCase, ProcedureFacts
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.listed_procedures"


def check_listed_procedures(case: CodingCase) -> tuple[Finding, ...]:
    """Report codes that the loaded list of their system does not have, or not on the day.

    The last day of a code still counts. Nothing is said where no list of the system is loaded.

    Source:
        45 CFR 162.1000(b) and 162.1011: the code set valid on the date of service; CMS, HCPCS
        record layout (termination date: the last day of use).
    """
    return tuple(
        Finding(RULE_ID, Severity.ERROR, line.field("procedure_code"), message)
        for line in list_services(case)
        if (message := _judge(line, case.facts.of(line.code)))
    )


def _judge(line: ServiceLine, facts: ProcedureFacts) -> str:
    if facts.is_known is False:
        return f"the list of codes has no {line.code}: correct it, or load the list that has it"
    if not facts.periods or _is_in_force(facts, line.day):
        return ""
    ended = [last for _, last in facts.periods if last is not None and last < line.day]
    if ended:
        return f"{line.code} ended on {max(ended)}: choose the code that followed it"
    return f"{line.code} begins on {min(first for first, _ in facts.periods)}, after the day"


def _is_in_force(facts: ProcedureFacts, day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in facts.periods)
