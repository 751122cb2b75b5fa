"""Coding: may this coding of an encounter be billed?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.coding_policy import AS_WRITTEN, CodingPolicy
from models.documents.finding import Finding
from revcycle.rules.coding.chart_rules import CHART_RULES
from revcycle.rules.coding.diagnosis_rules import DIAGNOSIS_RULES
from revcycle.rules.coding.service_rules import SERVICE_RULES

CODING_RULES: Final = (*DIAGNOSIS_RULES, *SERVICE_RULES, *CHART_RULES)


def check_coding(case: CodingCase, policy: CodingPolicy = AS_WRITTEN) -> tuple[Finding, ...]:
    """Judge a coding by every rule, in their order, each as grave as the practice wants it.

    Source:
        ``CODING_RULES``: each names its own; ``docs/reference/coding-rules.md`` lists them.
    """
    return tuple(_findings(case, policy))


def _findings(case: CodingCase, policy: CodingPolicy) -> Iterator[Finding]:
    for rule in CODING_RULES:
        if not (rule.is_asked or policy.names(rule.id, case.chart.payer)):
            continue
        for finding in rule.check(case):
            if weighed := policy.weigh(finding, case.chart.payer):
                yield weighed
