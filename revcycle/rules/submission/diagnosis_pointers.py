"""Does each line point at diagnoses of its claim?"""

from models.documents.claim import ClaimDocument, ClaimDocumentLine, ClaimForm
from models.documents.finding import Finding, Severity

RULE_ID = "scrub.diagnosis_pointers"
POINTERS_MAX = 4


def check_claim_pointers(claim: ClaimDocument) -> tuple[Finding, ...]:
    """Report lines that point nowhere, twice at one, at too many, or at no diagnosis.

    An institutional claim has no pointers.

    Source:
        ASC X12N/005010X222A1, SV107: one to four pointers, the first is the primary one.
    """
    if claim.form is ClaimForm.INSTITUTIONAL:
        return ()
    count = len(claim.diagnoses)
    return tuple(
        Finding(
            RULE_ID,
            Severity.ERROR,
            f"lines[{line.number}].diagnosis_pointers",
            f"one to {POINTERS_MAX} different diagnoses out of 1 to {count}",
        )
        for line in claim.lines
        if not _is_pointing(line, count)
    )


def _is_pointing(line: ClaimDocumentLine, diagnosis_count: int) -> bool:
    pointers = line.diagnosis_pointers
    return (
        0 < len(pointers) <= POINTERS_MAX
        and len(set(pointers)) == len(pointers)
        and all(1 <= pointer <= diagnosis_count for pointer in pointers)
    )
