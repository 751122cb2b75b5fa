"""Does a service stand twice, so that a payer will take the second for a duplicate?"""

from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import ServiceLine, list_other_services, list_services

RULE_ID: Final = "coding.repeated_services"
_WAY_OUT: Final = "say by modifier 76, 77 or 91 that it was repeated"


def check_repeated_services(case: CodingCase) -> tuple[Finding, ...]:
    """Warn of a service with the same code, modifiers and date as one before it.

    Another encounter counts, too, where the same provider had the patient on the same day.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 1, section 120: exact duplicates are
        denied; modifiers 76, 77 and 91 say that a service was repeated.
    """
    own = list_services(case)
    days = {line.day for line in own}
    seen = {_identity(line): line for line in list_other_services(case, days.__contains__)}
    findings = []
    for line in own:
        first = seen.setdefault(_identity(line), line)
        if first is not line:
            findings.append(_warning(line, first))
    return tuple(findings)


def _identity(line: ServiceLine) -> tuple[object, ...]:
    return line.code, line.modifiers, line.day


def _warning(line: ServiceLine, first: ServiceLine) -> Finding:
    way_out = f"raise the units there, or {_WAY_OUT}" if first.is_here else _WAY_OUT
    message = f"the same as {first.words()}: payers deny it as a duplicate; {way_out}"
    return Finding(RULE_ID, Severity.WARNING, line.field("procedure_code"), message)
