"""Are there more units of a procedure than are likely?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from models.documents.coding_case import CodingCase, UnitLimitFacts
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import ServiceLine, list_day_services

RULE_ID: Final = "coding.unit_limits"
BY_LINE, BY_DAY, BY_DAY_REVIEWABLE = 1, 2, 3


def check_unit_limits(case: CodingCase) -> tuple[Finding, ...]:
    """Report units above the limit of a line, or of a day over all lines of the provider.

    By line and by day without exception they are errors; a day's limit that a review may lift is a
    warning. One finding for each day stands at the first service of the coding that has the code.

    Source:
        CMS, NCCI Policy Manual for Medicare Services, chapter I, section V (medically unlikely
        edits); adjudication indicators 1, 2 and 3 of CMS, MLN Matters SE1422.
    """
    groups: dict[tuple[str, date], list[ServiceLine]] = defaultdict(list)
    for line in list_day_services(case):
        groups[line.code, line.day].append(line)
    return tuple(
        finding
        for (code, _), lines in groups.items()
        if (limit := case.facts.of(code).unit_limit) is not None
        for finding in _judge(lines, limit)
    )


def _judge(lines: list[ServiceLine], limit: UnitLimitFacts) -> Iterator[Finding]:
    here = [line for line in lines if line.is_here]
    if limit.adjudication == BY_LINE:
        for line in here:
            if line.service.units > limit.units:
                yield _finding(line, line.service.units, limit, "in one line", Severity.ERROR)
        return
    total = sum((line.service.units for line in lines), Decimal(0))
    if here and total > limit.units:
        is_reviewable = limit.adjudication == BY_DAY_REVIEWABLE
        severity = Severity.WARNING if is_reviewable else Severity.ERROR
        yield _finding(here[0], total, limit, "on one day", severity)


_WAYS_OUT: Final = {
    BY_LINE: "check the units; what was separate goes on a line of its own with its modifier",
    BY_DAY: "check the units; more are never paid",
    BY_DAY_REVIEWABLE: "check the units; more are paid only on review of the record",
}


def _finding(
    line: ServiceLine, units: Decimal, limit: UnitLimitFacts, where: str, severity: Severity
) -> Finding:
    way_out = _WAYS_OUT.get(limit.adjudication, _WAYS_OUT[BY_DAY])
    message = (
        f"{units.normalize():f} units of {line.code} {where}, at most {limit.units} are likely: "
        f"{way_out}"
    )
    return Finding(RULE_ID, severity, line.field("units"), message)
