"""Are the codes of the claim ones that could be billed on the day of service?"""

from collections.abc import Iterator

from models.documents.claim import ClaimDocument, ClaimDocumentLine, ClaimForm
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10 import is_valid_icd10
from revcycle.reference.procedures import is_modifier, is_procedure_code

RULE_ID = "scrub.code_validity"


def check_code_validity(claim: ClaimDocument) -> tuple[Finding, ...]:
    """Report diagnoses that were not billable, and malformed procedures and modifiers.

    Diagnoses of an institutional claim are judged on its last day of service, those of a
    professional claim on its first. An institutional line may do without a procedure.

    Source:
        ICD-10-CM Official Guidelines, section I.B.2; CMS, Medicare Claims Processing Manual,
        chapter 23, section 10 (codes valid on the date of service, or of discharge).
    """
    is_institutional = claim.form is ClaimForm.INSTITUTIONAL
    day = claim.last_service_date if is_institutional else claim.first_service_date
    return (
        *(
            _error(f"diagnoses[{number}]", f"{code} is not a billable code on {day}")
            for number, code in enumerate(claim.diagnoses, start=1)
            if not is_valid_icd10(code, day)
        ),
        *(
            finding
            for line in claim.lines
            for finding in _check_line(line, is_optional=is_institutional)
        ),
    )


def _check_line(line: ClaimDocumentLine, *, is_optional: bool) -> Iterator[Finding]:
    if not (is_procedure_code(line.procedure_code) or (is_optional and not line.procedure_code)):
        field = f"lines[{line.number}].procedure_code"
        yield _error(field, "not the form of a CPT or HCPCS code")
    if not all(is_modifier(modifier) for modifier in line.modifiers):
        field = f"lines[{line.number}].modifiers"
        yield _error(field, "a modifier has two capital letters or digits")


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
