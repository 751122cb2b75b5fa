"""Is the birth date possible?"""

from datetime import date
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity

RULE_ID: Final = "intake.birth_date"
AGE_YEARS_MAX: Final = 125  # the longest documented life is 122 years


def check_birth_date(document: EncounterDocument, *, today: date) -> tuple[Finding, ...]:
    """Report a birth date after today or after the service, or of someone older than 125.

    A child born on the day of service, and a person on the 125th birthday, pass. A missing date is
    the business of ``required_identity``.

    Source:
        ASC X12N/005010X222A1 (837P), DMG02: the patient's date of birth; payers reject a date in
        the future or after the service.
    """
    born = document.patient.birth_date
    if born is None:
        return ()
    if born > today:
        return (_error("the birth date is in the future"),)
    if document.service_date is not None and born > document.service_date:
        return (_error("the birth date is after the date of service"),)
    if (today.year - AGE_YEARS_MAX, today.month, today.day) > (born.year, born.month, born.day):
        return (_error(f"the patient would be older than {AGE_YEARS_MAX} years"),)
    return ()


def _error(message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, "patient.birth_date", message)
