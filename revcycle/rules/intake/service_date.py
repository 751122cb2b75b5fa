"""Is the date of service present and plausible?"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity

RULE_ID: Final = "intake.service_date"
# No payer of ours takes a first claim after three years, so an older date is a typing error or a
# chart sent by mistake.
SERVICE_AGE_DAYS_MAX: Final = 3 * 365


def check_service_date(
    document: EncounterDocument, *, today: date, age_days_max: int = SERVICE_AGE_DAYS_MAX
) -> tuple[Finding, ...]:
    """Report a date of service that is missing, in the future, too old, or after its end.

    A service of today, and one exactly ``age_days_max`` days old, pass.

    Source:
        Medicare takes claims for one calendar year (42 CFR 424.44(a)); other payers' limits are
        contractual and shorter than three years.
    """
    return tuple(_check_dates(document, today, age_days_max))


def _check_dates(document: EncounterDocument, today: date, age_days_max: int) -> Iterator[Finding]:
    begun, ended = document.service_date, document.service_end_date
    if begun is None:
        yield _error("service_date", "the date of service is missing")
    elif begun > today:
        yield _error("service_date", "the date of service is in the future")
    elif (today - begun).days > age_days_max:
        yield _error("service_date", f"the service is older than {age_days_max} days")
    if begun is not None and ended is not None and ended < begun:
        yield _error("service_end_date", "the service ends before it begins")
    for number, procedure in enumerate(document.procedures, start=1):
        if procedure.service_date is not None and procedure.service_date > today:
            field = f"procedures[{number}].service_date"
            yield _error(field, "the date of service is in the future")


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
