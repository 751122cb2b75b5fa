"""Are more visits billed in a year than the payer's policy pays?"""

from datetime import date
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.visit_limits"


def check_visit_limits(case: CodingCase) -> tuple[Finding, ...]:
    """Warn of a procedure on more days of the calendar year than a policy pays.

    Days of this practice are counted, whoever rendered: what others billed nobody knows here. An
    authorization lifts the limit.

    Source:
        The payer's policy that the finding names.
    """
    if case.chart.prior_authorization or any(one.number for one in case.chart.authorizations):
        return ()
    return tuple(
        finding
        for line in list_services(case)
        for policy in case.facts.of(line.code).policies
        if policy.visits_a_year is not None
        if (finding := _judge(case, line, policy.policy, policy.visits_a_year)) is not None
    )


def _judge(case: CodingCase, line: ServiceLine, policy: str, limit: int) -> Finding | None:
    days = _days_of_year(case, line)
    if len(days) <= limit:
        return None
    message = (
        f"{line.code} on {len(days)} days of {line.day.year}, policy {policy} pays {limit}: ask "
        "for an authorization before it is billed"
    )
    return Finding(RULE_ID, Severity.WARNING, line.field("procedure_code"), message)


def _days_of_year(case: CodingCase, line: ServiceLine) -> set[date]:
    past = {
        one.service_date
        for one in case.past
        if one.service.procedure_code == line.code
        and one.service_date.year == line.day.year
        and one.service_date <= line.day
    }
    return {*past, line.day}
