"""The rules about services, in the order in which their findings are shown."""

from typing import Final

from models.documents.finding import Severity
from revcycle.rules.coding import diagnosis_pointers, repeated_services, service_codes
from revcycle.rules.coding.coding_rule import CodingRule

SERVICE_RULES: Final = (
    CodingRule(
        id=service_codes.RULE_ID,
        asks="Is there a service, and has each the form of one that can be billed?",
        fix="Put right the code, its modifiers or its units as the finding says.",
        source="ASC X12N/005010X222A1, SV101 and SV104",
        severity=Severity.ERROR,
        check=service_codes.check_service_codes,
    ),
    CodingRule(
        id=diagnosis_pointers.RULE_ID,
        asks="Does each service say which diagnoses it was for?",
        fix="Point the service at one to four of the diagnoses, the main reason first.",
        source="ASC X12N/005010X222A1, SV107",
        severity=Severity.ERROR,
        check=diagnosis_pointers.check_diagnosis_pointers,
    ),
    CodingRule(
        id=repeated_services.RULE_ID,
        asks="Does a service stand twice, so that a payer will take the second for a duplicate?",
        fix="Raise the units of the first, or say by modifier 76, 77 or 91 that it was repeated.",
        source="CMS, Medicare Claims Processing Manual, chapter 1, section 120",
        severity=Severity.WARNING,
        check=repeated_services.check_repeated_services,
    ),
)
