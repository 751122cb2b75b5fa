"""Does a diagnosis support the procedure, as the payer's policy wants it?"""

from collections.abc import Iterator, Sequence
from typing import Final

from models.documents.coding_case import CodingCase, PolicyFacts
from models.documents.finding import Finding, Severity
from revcycle.reference.modifiers import REFUSAL_EXPECTED
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.supporting_diagnoses"
NAMED_MAX: Final = 5  # so many groups of diagnoses are named; a policy may have hundreds


def check_supporting_diagnoses(case: CodingCase) -> tuple[Finding, ...]:
    """Report services whose diagnoses a policy of the payer does not accept.

    Judged are the diagnoses that the service points at. Where a modifier says that a refusal is
    expected (GA, GX, GY, GZ), nothing is said.

    Source:
        42 USC 1395y(a)(1)(A) (reasonable and necessary); the policy that the finding names, in the
        way of CMS, Medicare Program Integrity Manual, chapter 13 (local coverage determinations).
    """
    return tuple(
        finding
        for line in list_services(case)
        if not REFUSAL_EXPECTED & line.modifiers
        for policy in case.facts.of(line.code).policies
        for finding in _judge(line, policy, _pointed(case, line))
    )


def _pointed(case: CodingCase, line: ServiceLine) -> tuple[str, ...]:
    diagnoses = case.coding.diagnoses
    return tuple(
        diagnoses[pointer - 1]
        for pointer in line.service.diagnosis_pointers
        if 1 <= pointer <= len(diagnoses)
    )


def _judge(line: ServiceLine, policy: PolicyFacts, diagnoses: Sequence[str]) -> Iterator[Finding]:
    field = line.field("diagnosis_pointers")
    refused = [code for code in diagnoses if _is_in(code, policy.never)]
    if refused:
        message = f"policy {policy.policy} never pays {line.code} for {', '.join(refused)}"
        yield Finding(RULE_ID, Severity.ERROR, field, message)
    elif policy.diagnoses and not any(_is_in(code, policy.diagnoses) for code in diagnoses):
        message = (
            f"policy {policy.policy} pays {line.code} for {_name(policy.diagnoses)}: point at such "
            "a diagnosis if the record has one, else tell the patient before it is billed"
        )
        yield Finding(RULE_ID, Severity.ERROR, field, message)


def _is_in(code: str, ranges: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a code is in a range; the end of a range stands for all below it."""
    return any(first <= code and (code <= last or code.startswith(last)) for first, last in ranges)


def _name(ranges: Sequence[tuple[str, str]]) -> str:
    named = [first if first == last else f"{first}-{last}" for first, last in ranges]
    more = f" and {len(named) - NAMED_MAX} more" if len(named) > NAMED_MAX else ""
    return ", ".join(named[:NAMED_MAX]) + more
