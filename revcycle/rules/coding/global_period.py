"""Is a service within the global period of an operation before?"""

from typing import Final

from models.documents.coding_case import CodingCase, PastService
from models.documents.finding import Finding, Severity
from revcycle.reference.visits import AFTER_OPERATION, is_visit
from revcycle.rules.coding.service_lines import ServiceLine, list_past_of_provider, list_services

RULE_ID: Final = "coding.global_period"
DAYS_AFTER: Final = {"010": 10, "090": 90}
OPERATIONS: Final = frozenset({"000", "010", "090"})
UNRELATED_VISIT: Final = frozenset({"24", "FT"})  # FT: critical care that has nothing to do with it
LATER_OPERATION: Final = frozenset({"58", "78", "79"})
ASSISTANCE: Final = frozenset({"54", "80", "81", "82", "AS"})  # no package of care afterwards


def check_global_period(case: CodingCase) -> tuple[Finding, ...]:
    """Report visits without 24, and procedures without 58, 78 or 79, after an operation.

    The period has ten or ninety days after the day of the operation; the last one still counts. It
    is that of the same provider; an operation without the care after it (54) or by an assistant
    opens none.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, sections 40.1 and 40.2.
    """
    operations = [one for one in list_past_of_provider(case) if _opens_period(case, one)]
    return tuple(
        finding
        for line in list_services(case)
        for operation in operations
        if _is_within(case, line, operation)
        if (finding := _judge(case, line, operation)) is not None
    )


def _opens_period(case: CodingCase, past: PastService) -> bool:
    days = case.facts.of(past.service.procedure_code).global_days
    return days in DAYS_AFTER and not ASSISTANCE & set(past.service.modifiers)


def _is_within(case: CodingCase, line: ServiceLine, operation: PastService) -> bool:
    days = DAYS_AFTER[case.facts.of(operation.service.procedure_code).global_days]
    return 0 < (line.day - operation.service_date).days <= days


def _judge(case: CodingCase, line: ServiceLine, operation: PastService) -> Finding | None:
    if is_visit(line.code) and line.code != AFTER_OPERATION:
        if not UNRELATED_VISIT & line.modifiers:
            return _finding(line, operation, "24 if the visit had nothing to do with it")
    elif (
        case.facts.of(line.code).global_days in OPERATIONS and not LATER_OPERATION & line.modifiers
    ):
        return _finding(line, operation, "58 planned, 78 back to the operating room, 79 unrelated")
    return None


def _finding(line: ServiceLine, operation: PastService, words: str) -> Finding:
    message = (
        f"within the global period of {operation.service.procedure_code} on "
        f"{operation.service_date}: {words}; else it is paid already"
    )
    return Finding(RULE_ID, Severity.ERROR, line.field("modifiers"), message)
