"""Does each service say which diagnoses it was for?"""

from models.documents.coding import CodedService
from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity

RULE_ID = "coding.diagnosis_pointers"
POINTERS_MAX = 4


def check_diagnosis_pointers(case: CodingCase) -> tuple[Finding, ...]:
    """Report a service that points at no diagnosis, at too many, or at one that is not there.

    Source:
        ASC X12N/005010X222A1, SV107: one to four pointers, the first is the primary one.
    """
    coding = case.coding
    return tuple(
        Finding(
            RULE_ID,
            Severity.ERROR,
            f"services[{number}].diagnosis_pointers",
            f"one to {POINTERS_MAX} different diagnoses out of 1 to {len(coding.diagnoses)}",
        )
        for number, service in enumerate(coding.services, start=1)
        if not _is_pointing(service, len(coding.diagnoses))
    )


def _is_pointing(service: CodedService, diagnosis_count: int) -> bool:
    pointers = service.diagnosis_pointers
    return (
        0 < len(pointers) <= POINTERS_MAX
        and len(set(pointers)) == len(pointers)
        and all(1 <= pointer <= diagnosis_count for pointer in pointers)
    )
