"""Is enough left of what the payer authorized?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import AuthorizationFacts, CodingCase
from models.documents.finding import Finding, Severity

RULE_ID: Final = "coding.authorized_visits"
FIELD: Final = "prior_authorization"
FEW: Final = 2  # so many left are worth a word


def check_authorized_visits(case: CodingCase) -> tuple[Finding, ...]:
    """Report what a payer did not allow: more than it authorized, or outside of its days.

    An authorization stops the claim; a limit of the plan warns, because the patient may pay. When
    few are left it is said, so that somebody asks for more in time.

    Source:
        45 CFR 162.1301 and ASC X12N/005010X217 (278): a payer certifies a number of visits;
        005010X279A1 (271), EB and HSD: a plan limits them.
    """
    return tuple(finding for one in case.chart.authorizations for finding in _judge(one))


def _judge(one: AuthorizationFacts) -> Iterator[Finding]:
    stops = Severity.ERROR if one.number else Severity.WARNING
    if not one.is_in_force:
        message = f"{_name(one)} holds{_period(one)} and not on the day of service: ask for another"
        yield Finding(RULE_ID, Severity.WARNING, FIELD, message)
    elif not one.needed:
        return
    elif one.used + one.needed > one.allowed:
        wanted = f", {one.needed} needed" if one.needed > 1 else ""
        message = f"{_name(one)}: {_sums(one)}{wanted}: {_remedy(one)}"
        yield Finding(RULE_ID, stops, FIELD, message)
    elif one.left <= FEW:
        message = f"{_name(one)}: {_sums(one)}, this visit included: ask for more in time"
        yield Finding(RULE_ID, Severity.INFO, FIELD, message)


def _name(one: AuthorizationFacts) -> str:
    return f"authorization {one.number}" if one.number else "limit of the plan"


def _sums(one: AuthorizationFacts) -> str:
    counted = one.counts.named(one.allowed)
    return f"{one.allowed} {counted} allowed, {one.used} used, {one.left} left"


def _period(one: AuthorizationFacts) -> str:
    first = f" from {one.first_day:%m/%d/%Y}" if one.first_day else ""
    return f"{first} until {one.last_day:%m/%d/%Y}" if one.last_day else first


def _remedy(one: AuthorizationFacts) -> str:
    if one.number:
        return "ask the payer for more"
    return "ask the payer for an authorization, or the patient to pay"
