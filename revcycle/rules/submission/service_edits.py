"""Do the services of a claim still agree with the lists, and with other claims of the day?"""

import re
from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.authorized_visits import check_authorized_visits
from revcycle.rules.coding.procedure_pairs import check_procedure_pairs
from revcycle.rules.coding.unit_limits import check_unit_limits

# What may be another answer when the claim leaves than it was when its encounter was coded.
CHANGING_RULES: Final = (check_procedure_pairs, check_unit_limits, check_authorized_visits)
_SERVICE: Final = re.compile(r"^services\[([0-9]+)\]")


def check_service_edits(case: CodingCase | None, policy: CodingPolicy) -> tuple[Finding, ...]:
    """Report what stops a claim by rules of coding whose facts change after the coding.

    Another encounter of the same patient, provider and day was coded since, the claim's lines were
    corrected, or a newer list was imported. What a coder may accept was accepted: it is not said
    again.

    Args:
        case: The claim's services as a coding, with its facts; None for claims that are not
            judged: those to later payers, and voids.
        policy: How grave each finding is for the practice and its payers.

    Source:
        The rules in ``CHANGING_RULES``; NCCI Policy Manual, chapter I, section A: edits hold for
        all claims of one patient, provider and day.
    """
    return tuple(_findings(case, policy)) if case else ()


def _findings(case: CodingCase, policy: CodingPolicy) -> Iterator[Finding]:
    for check in CHANGING_RULES:
        for finding in check(case):
            weighed = policy.weigh(finding, case.chart.payer)
            if weighed is not None and weighed.severity is Severity.ERROR:
                yield _of_claim(weighed)


def _of_claim(finding: Finding) -> Finding:
    """Name the field as claims do: ``lines[2]`` for ``services[2]``."""
    field = _SERVICE.sub(r"lines[\1]", finding.field)
    return Finding(finding.rule_id, finding.severity, field, finding.message, finding.position)
