"""Was the insurance found to be in force on the day of service?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.claim import ClaimDocument
from models.documents.finding import Finding, Severity
from models.states.eligibility import EligibilityVerdict

RULE_ID = "scrub.verified_coverage"

# Verdicts that are not here let the claim go without a word.
MESSAGES: Final[Mapping[EligibilityVerdict | None, tuple[Severity, str]]] = MappingProxyType(
    {
        EligibilityVerdict.INACTIVE: (Severity.ERROR, "not in force on the day of service"),
        EligibilityVerdict.NOT_FOUND: (Severity.ERROR, "the payer does not know this member"),
        EligibilityVerdict.OTHER_PAYER: (Severity.WARNING, "the payer names another to bill first"),
        EligibilityVerdict.LIMIT_REACHED: (Severity.WARNING, "the benefit limit is used up"),
        EligibilityVerdict.REFUSED: (Severity.WARNING, "the payer refused to say"),
        None: (Severity.WARNING, "nobody has verified this coverage"),
    }
)


def check_verified_coverage(
    claim: ClaimDocument,  # noqa: ARG001 - every rule of the stage judges a claim
    *,
    verdict: EligibilityVerdict | None,
    is_required: bool,
) -> tuple[Finding, ...]:
    """Report what verification found against the coverage.

    Args:
        claim: The claim to judge.
        verdict: What the payer answered; None when there is no answer.
        is_required: Whether a coverage known to be wrong holds the claim, or only warns.

    Source:
        ASC X12N/005010X279A1 (271), EB01 and AAA03; whether to hold is the practice's policy.
    """
    severity, message = MESSAGES.get(verdict, (Severity.INFO, ""))
    if not message:
        return ()
    if severity is Severity.ERROR and not is_required:
        severity = Severity.WARNING
    return (Finding(RULE_ID, severity, "coverage", message),)
