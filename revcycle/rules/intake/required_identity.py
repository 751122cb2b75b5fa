"""Does the encounter say who was treated?"""

from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity

RULE_ID: Final = "intake.required_identity"


def check_required_identity(document: EncounterDocument) -> tuple[Finding, ...]:
    """Report a last name, first name, birth date or sex that is missing; U is a sex.

    Source:
        ASC X12N/005010X222A1 (837P), loops 2010BA and 2010CA: NM103, NM104, DMG02 and DMG03 are
        required of a patient.
    """
    patient = document.patient
    required = (
        ("patient.last_name", patient.last_name, "the last name"),
        ("patient.first_name", patient.first_name, "the first name"),
        ("patient.birth_date", patient.birth_date, "the birth date"),
        ("patient.sex", patient.sex, "the sex (F, M or U)"),
    )
    return tuple(
        Finding(RULE_ID, Severity.ERROR, field, f"{words} is missing")
        for field, value, words in required
        if not value
    )
