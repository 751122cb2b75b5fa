"""Does an add-on code stand beside the procedure that it adds to?"""

from typing import Final

from models.documents.coding_case import AddOnFacts, CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import ServiceLine, list_day_services

RULE_ID: Final = "coding.add_on_codes"
LISTED, BY_PAYER, LISTED_AND_OTHERS = 1, 2, 3
NAMED_MAX = 5  # so many primaries are named; a list may have hundreds


def check_add_on_codes(case: CodingCase) -> tuple[Finding, ...]:
    """Report an add-on code without one of its primary codes of the same provider and day.

    Where the payer says which primaries there are, or accepts others beside the list, any other
    service that is no add-on itself will do; a missing one of the list is then a warning. A code of
    the list will do always, even if it adds to a third one.

    Source:
        CMS, NCCI Add-on Code Edits, types 1 to 3 (Transmittal 2636, CR 7501).
    """
    lines = list_day_services(case)
    return tuple(
        finding
        for line in lines
        if line.is_here and (add_on := case.facts.of(line.code).add_on) is not None
        if (finding := _judge(case, line, add_on, lines)) is not None
    )


def _judge(
    case: CodingCase, line: ServiceLine, add_on: AddOnFacts, lines: tuple[ServiceLine, ...]
) -> Finding | None:
    of_day = {other.code for other in lines if other.day == line.day and other is not line}
    if of_day & add_on.primaries:  # the list may name another add-on, as the first of further hours
        return None
    beside = {code for code in of_day if case.facts.of(code).add_on is None}
    is_open = add_on.edit_type in {BY_PAYER, LISTED_AND_OTHERS}
    if is_open and beside and (add_on.edit_type == BY_PAYER or not add_on.primaries):
        return None
    severity = Severity.WARNING if is_open and beside else Severity.ERROR
    message = f"{line.code} is paid only beside {_name(add_on)}: add it, or leave this one out"
    return Finding(RULE_ID, severity, line.field("procedure_code"), message)


def _name(add_on: AddOnFacts) -> str:
    named = sorted(add_on.primaries)
    if not named:
        return "a primary procedure"
    more = f" or {len(named) - NAMED_MAX} more" if len(named) > NAMED_MAX else ""
    return ", ".join(named[:NAMED_MAX]) + more
