"""Does Medicare pay a procedure at all?"""

from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.service_lines import list_services
from revcycle.rules.coding.service_parts import is_paid_reading

RULE_ID: Final = "coding.medicare_status"
# Status letters with which Medicare pays nothing for the code itself, in our words.
_NOT_PAID: Final = {
    "B": "is always part of another service",
    "E": "is left out of the fee schedule by regulation",
    "I": "is not valid: Medicare wants another code",
    "M": "reports a measure and has no price",
    "N": "is not covered",
    "P": "is part of another service, or left out",
    "X": "is no physician service by law",
}


def check_medicare_status(case: CodingCase) -> tuple[Finding, ...]:
    """Say which services Medicare's fee schedule pays nothing for.

    Other payers pay many of them, so it is for information: a client file makes it an error for
    its Medicare payers. A laboratory test is paid elsewhere, its reading by this schedule.

    Source:
        CMS, National Physician Fee Schedule Relative Value File, field "status code"; Medicare
        Claims Processing Manual, chapter 23, section 30.2.2.
    """
    return tuple(
        Finding(
            RULE_ID,
            Severity.INFO,
            line.field("procedure_code"),
            f"for Medicare {line.code} {words}",
        )
        for line in list_services(case)
        if (words := _NOT_PAID.get(case.facts.of(line.code).status))
        if not is_paid_reading(line, case.facts.of(line.code).component)
    )
