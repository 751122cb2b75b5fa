"""Diagnosis and procedure codes in HI: their form, and whether they held on the day of service."""

import re
from functools import lru_cache

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

DOT = Rule(
    "x12.diagnosis_dot",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 270",
    "the code has a dot",
    "X12 carries ICD codes without the dot: E119, not with a dot after E11",
    "005010X222A1 and X223A2, HI (the decimal point is implied)",
    "7",
)
FORM = Rule(
    "x12.diagnosis_form",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 270",
    "not the form of a code of this set",
    "ICD-10-CM: a letter, a digit, a digit or letter, and up to four more, in upper case",
    "CDC, ICD-10-CM Official Guidelines, section I.A; CMS, ICD-10-PCS",
    "7",
)
NOT_VALID = Rule(
    "x12.diagnosis_not_valid",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I",
    "this diagnosis code is not billable on the day of service",
    "code to the highest level of detail with the edition of the day of service",
    "CDC, ICD-10-CM Official Guidelines, section I.B.2; 45 CFR 162.1002",
    "7",
    is_later_matter=True,
)
OLD_EDITION = Rule(
    "x12.diagnosis_old_edition",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I",
    "ICD-9 codes are not accepted for services since 1 October 2015",
    "use ICD-10-CM with the qualifiers ABK and ABF",
    "45 CFR 162.1002(c)",
    "7",
)
FIRST_ICD_10_DAY = "2015-10-01"
_ICD_10 = re.compile(r"[A-Z]\d[0-9A-Z]{1,5}", re.ASCII)
_ICD_9 = re.compile(r"\d{3,5}|V\d{2,4}|E\d{3,4}", re.ASCII)
_ICD_10_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_ICD_9_PROCEDURE = re.compile(r"\d{2,4}", re.ASCII)
ICD_10_QUALIFIERS = frozenset({"ABK", "ABF", "ABJ", "APR", "ABN"})
ICD_9_QUALIFIERS = frozenset({"BK", "BF", "BJ", "PR", "BN"})
DIAGNOSIS_QUALIFIERS = ICD_10_QUALIFIERS | ICD_9_QUALIFIERS
POINTED_QUALIFIERS = frozenset({"ABK", "ABF", "BK", "BF"})  # what a line may point to
_FORMS = (
    dict.fromkeys(ICD_10_QUALIFIERS, _ICD_10)
    | dict.fromkeys(ICD_9_QUALIFIERS, _ICD_9)
    | dict.fromkeys(("BBR", "BBQ"), _ICD_10_PCS)
    | dict.fromkeys(("BR", "BQ"), _ICD_9_PROCEDURE)
)


def check_codes(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the form of every code of an HI."""
    separator = exam.separator
    for number in range(1, len(segment)):
        problem = _problem(segment[number], separator)
        if problem is not None:
            exam.report(problem, index, f"HI{number:02d}-2")


@lru_cache(maxsize=16_384)
def _problem(element: str, separator: str) -> Rule | None:
    qualifier, _, rest = element.partition(separator)
    code = rest.partition(separator)[0]
    form = _FORMS.get(qualifier)
    if form is None or not code:
        return None
    if "." in code:
        return DOT
    return None if form.fullmatch(code) else FORM


def check_validity(claim: ClaimView, exam: Examination) -> None:
    """Judge whether each diagnosis was billable on a day of the claim."""
    days = claim.days
    if days is None:
        return
    is_diagnosis = exam.codes.is_diagnosis
    is_new = days[0].isoformat() >= FIRST_ICD_10_DAY
    for index, segment in claim.codes:
        for number in range(1, len(segment)):
            parts = segment[number].split(exam.separator)
            if len(parts) == 1:
                continue
            if is_new and parts[0] in ICD_9_QUALIFIERS:
                exam.report(OLD_EDITION, index, f"HI{number:02d}-1")
            elif (
                is_diagnosis is not None
                and parts[0] in ICD_10_QUALIFIERS
                and _ICD_10.fullmatch(parts[1])
                and not any(is_diagnosis(parts[1], day) for day in days)
            ):
                exam.report(NOT_VALID, index, f"HI{number:02d}-2")
