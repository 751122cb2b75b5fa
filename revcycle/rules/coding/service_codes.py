"""Is there a service, and has each the form of one that can be billed?"""

from collections.abc import Iterator

from models.documents.coding import CodedService
from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.procedures import (
    MODIFIERS_MAX,
    is_modifier,
    is_procedure_code,
    is_revenue_code,
)

RULE_ID = "coding.service_codes"


def check_service_codes(case: CodingCase) -> tuple[Finding, ...]:
    """Report a missing service, a malformed code or modifier, and impossible units.

    Source:
        ASC X12N/005010X222A1, SV101 (form, at most four modifiers) and SV104 (units).
    """
    coding = case.coding
    if not coding.services:
        return (_error("services", "at least one service is needed"),)
    return tuple(
        finding
        for number, service in enumerate(coding.services, start=1)
        for finding in _judge(service, f"services[{number}]")
    )


def _judge(service: CodedService, field: str) -> Iterator[Finding]:
    if not is_procedure_code(service.procedure_code):
        yield _error(f"{field}.procedure_code", "not the form of a CPT or HCPCS code")
    if len(service.modifiers) > MODIFIERS_MAX or len(set(service.modifiers)) < len(
        service.modifiers
    ):
        yield _error(f"{field}.modifiers", "at most four modifiers, each once")
    for modifier in service.modifiers:
        if not is_modifier(modifier):
            yield _error(f"{field}.modifiers", "a modifier has two capital letters or digits")
    if service.units <= 0:
        yield _error(f"{field}.units", "units must be more than zero")
    if service.revenue_code and not is_revenue_code(service.revenue_code):
        yield _error(f"{field}.revenue_code", "a revenue code has four digits")


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
