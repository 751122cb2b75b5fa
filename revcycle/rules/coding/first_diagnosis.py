"""May the first diagnosis stand first, and may the others stand behind it?"""

from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10_groups import Icd10Group, icd10_groups
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.episode_of_care import (
    EXTERNAL_CHAPTER,
    INJURY_CHAPTER,
    SEQUELA,
    stage_of,
)

MANIFESTATION_ID = "coding.manifestation_first"
EXTERNAL_CAUSE_ID = "coding.external_cause_first"
SECONDARY_ID = "coding.secondary_first"
FIRST_ONLY_ID = "coding.first_listed_only"
SEQUELA_ID = "coding.sequela_order"

# Of what the Medicare Code Editor refuses as principal diagnosis, these may not stand first on an
# outpatient claim either: the guidelines say so of each. The others, such as Z23, may.
NEVER_FIRST: Final = (
    *("B95", "B96", "B97"),  # organisms (I.C.1.b)
    *("R297", "R402", "R65"),  # scores, and the body's reaction to an infection (I.C.18.e, i, g)
    *(f"T{number}" for number in range(36, 51)),  # adverse effects and underdosing (I.C.19.e.5)
    *("Z16", "Z17", "Z18", "Z19", "Z37", "Z3A", "Z66", "Z67", "Z68", "Z9112", "Z9113", "Z9114"),
    *(f"Z{number}" for number in range(55, 66)),  # social circumstances (I.C.21.c.17)
)
FIRST_ONLY: Final = (
    *("Z00", "Z01", "Z02", "Z04", "Z332", "Z3181", "Z3182", "Z3183", "Z3184", "Z34", "Z38", "Z39"),
    *("Z40", "Z42", "Z510", "Z511", "Z52", "Z761", "Z762", "Z9912"),
)
NOT_FIRST_ONLY: Final = ("Z006", "Z529")


def check_manifestation_first(case: CodingCase) -> tuple[Finding, ...]:
    """Report a manifestation that stands first.

    Source:
        ICD-10-CM Official Guidelines, section I.A.13; Definitions of Medicare Code Edits,
        "manifestation code as principal diagnosis".
    """
    if not _is_first_in(case, Icd10Group.MANIFESTATION):
        return ()
    message = "shows a disease that is coded elsewhere: put the underlying disease before it"
    return (_first(MANIFESTATION_ID, Severity.ERROR, case.coding.diagnoses[0], message),)


def check_external_cause_first(case: CodingCase) -> tuple[Finding, ...]:
    """Report an external cause that stands first, or alone.

    Source:
        ICD-10-CM Official Guidelines, section I.C.20.a.6: never the first-listed diagnosis;
        Definitions of Medicare Code Edits, "external cause code as principal diagnosis".
    """
    first = case.coding.diagnoses[:1]
    if not first or not first[0].startswith(tuple(EXTERNAL_CHAPTER)):
        return ()
    message = "says how it came about: put the injury or illness before it"
    return (_first(EXTERNAL_CAUSE_ID, Severity.ERROR, first[0], message),)


def check_secondary_first(case: CodingCase) -> tuple[Finding, ...]:
    """Report a first diagnosis that may only accompany another.

    Source:
        Definitions of Medicare Code Edits, "unacceptable principal diagnosis", as far as the
        ICD-10-CM Official Guidelines say it of outpatients, too: sections I.B.14, I.C.1.b, I.C.18,
        I.C.19.e.5, I.C.21.c.3, I.C.21.c.11 and I.C.21.c.17.
    """
    if not _is_first_in(case, Icd10Group.UNACCEPTABLE_PRINCIPAL):
        return ()
    first = case.coding.diagnoses[0]
    if not first.startswith(NEVER_FIRST):
        return ()
    message = "accompanies another diagnosis: put the reason of the visit before it"
    return (_first(SECONDARY_ID, Severity.WARNING, first, message),)


def check_first_listed_only(case: CodingCase) -> tuple[Finding, ...]:
    """Report a reason for an encounter that may stand first only, behind another diagnosis.

    Behind another of its kind it may stand: two visits of a day in one record.

    Source:
        ICD-10-CM Official Guidelines, section I.C.21.c.16.
    """
    codes = case.coding.diagnoses
    return tuple(
        on_diagnosis(
            FIRST_ONLY_ID,
            Severity.WARNING,
            number,
            f"{code_text(code)} is the reason of the visit or is not coded: put it first",
        )
        for number, code in enumerate(codes, start=1)
        if number > 1 and _is_first_only(code) and not _is_first_only(codes[0])
    )


def check_sequela_order(case: CodingCase) -> tuple[Finding, ...]:
    """Report a sequela of an injury before, or without, the condition that remained.

    Source:
        ICD-10-CM Official Guidelines, section I.B.10: the condition first, the sequela second.
    """
    codes = case.coding.diagnoses
    if not codes or not codes[0].startswith(tuple(INJURY_CHAPTER)) or stage_of(codes[0]) != SEQUELA:
        return ()
    rest = [code for code in codes[1:] if not code.startswith(tuple(EXTERNAL_CHAPTER))]
    if any(stage_of(code) != SEQUELA for code in rest):
        message = "is a sequela: put the condition that remained before it"
    else:
        message = "is a sequela: code the condition that remained, before it"
    return (_first(SEQUELA_ID, Severity.WARNING, codes[0], message),)


def _is_first_only(code: str) -> bool:
    return code.startswith(FIRST_ONLY) and not code.startswith(NOT_FIRST_ONLY)


def _is_first_in(case: CodingCase, group: Icd10Group) -> bool:
    codes = case.coding.diagnoses
    return bool(codes) and group in icd10_groups(codes[0], case.service_date)


def _first(rule_id: str, severity: Severity, code: str, message: str) -> Finding:
    return on_diagnosis(rule_id, severity, 1, f"{code_text(code)} {message}")
