"""Does a service stand twice, so that a payer will take the second for a duplicate?"""

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity

RULE_ID = "coding.repeated_services"


def check_repeated_services(case: CodingCase) -> tuple[Finding, ...]:
    """Warn of a service with the same code, modifiers and date as one before it.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 1, section 120: exact duplicates are
        denied; modifiers 76, 77 and 91 say that a service was repeated.
    """
    coding = case.coding
    seen: dict[tuple[object, ...], int] = {}
    findings = []
    for number, service in enumerate(coding.services, start=1):
        first = seen.setdefault(_identity(service, coding), number)
        if first != number:
            findings.append(_warning(number, first))
    return tuple(findings)


def _identity(service: CodedService, coding: CodingDocument) -> tuple[object, ...]:
    day = service.service_date or coding.service_date
    return service.procedure_code, frozenset(service.modifiers), day


def _warning(number: int, first: int) -> Finding:
    message = (
        f"the same as service {first}: payers deny it as a duplicate; raise the units there, or "
        "say by modifier 76, 77 or 91 that it was repeated"
    )
    return Finding(RULE_ID, Severity.WARNING, f"services[{number}].procedure_code", message)
