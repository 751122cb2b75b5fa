"""Is a visit left of what the payer authorized?"""

from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity

RULE_ID: Final = "coding.authorized_visits"
FEW: Final = 2  # so many left are worth a word


def check_authorized_visits(case: CodingCase) -> tuple[Finding, ...]:
    """Report an authorization of which no visit is left; say when few are.

    Source:
        45 CFR 162.1301 and ASC X12N/005010X217 (278): a payer certifies a number of visits.
    """
    left = case.chart.authorized_visits_left
    if left is None or left > FEW:
        return ()
    if left <= 0:
        message = "no visit is left of the authorization: ask the payer for more"
        return (Finding(RULE_ID, Severity.ERROR, "prior_authorization", message),)
    message = f"{left} of the authorized visits left, this one included: ask for more in time"
    return (Finding(RULE_ID, Severity.INFO, "prior_authorization", message),)
