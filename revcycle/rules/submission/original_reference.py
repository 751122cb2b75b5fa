"""Does a replacement or void name the claim it is about?"""

from models.documents.claim import ClaimDocument, FrequencyCode
from models.documents.finding import Finding, Severity

RULE_ID = "scrub.original_reference"


def check_original_reference(claim: ClaimDocument) -> tuple[Finding, ...]:
    """Report frequency 7 or 8 without the payer's number, and frequency 1 with one.

    A payer that never adjudicated a claim has given it no number: what it rejected goes out again
    as frequency 1.

    Source:
        NUBC, Official UB-04 Data Specifications (third digit of the bill type); ASC
        X12N/005010X222A1, CLM05-3 and REF*F8 of loop 2300.
    """
    is_original = claim.frequency_code is FrequencyCode.ORIGINAL
    if is_original == (not claim.original_reference):
        return ()
    message = (
        "an original claim names no earlier one"
        if is_original
        else "a replacement or void needs the payer's claim control number"
    )
    severity = Severity.WARNING if is_original else Severity.ERROR
    return (Finding(RULE_ID, severity, "original_reference", message),)
