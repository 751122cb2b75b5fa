"""Coding: may this coding of an encounter be billed?"""

from models.documents.coding import CodingDocument
from models.documents.finding import Finding
from revcycle.rules.coding.diagnosis_codes import check_diagnosis_codes
from revcycle.rules.coding.diagnosis_pointers import check_diagnosis_pointers
from revcycle.rules.coding.repeated_services import check_repeated_services
from revcycle.rules.coding.service_codes import check_service_codes

CODING_RULES = (
    check_diagnosis_codes,
    check_service_codes,
    check_diagnosis_pointers,
    check_repeated_services,
)


def check_coding(coding: CodingDocument) -> tuple[Finding, ...]:
    """Judge a coding by every rule, in their order."""
    return tuple(finding for rule in CODING_RULES for finding in rule(coding))
