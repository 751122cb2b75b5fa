"""Do the diagnoses fit the patient's age, and where a practice asks for it, the patient's sex?"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10_groups import AGES_OF_GROUP, Icd10Group, icd10_groups
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis

AGE_ID = "coding.age"
SEX_ID = "coding.sex"
OLDEST: Final = 124  # beyond it the birth date is wrong, not the code


def check_age(case: CodingCase) -> tuple[Finding, ...]:
    """Report a diagnosis of another age than the patient's on the date of service.

    Source:
        Definitions of Medicare Code Edits, "age conflict": newborn 0, pediatric 0 to 17, maternity
        9 to 64, adult 15 to 124 years. It edits inpatient claims; here it is a warning.
    """
    born = case.patient.birth_date
    if born is None or not 0 <= (age := age_in_years(born, case.service_date)) <= OLDEST:
        return ()
    return tuple(_of_other_ages(case, age))


def check_sex(case: CodingCase) -> tuple[Finding, ...]:
    """Report a diagnosis of pregnancy for a man, and what the old lists held for one sex.

    Nobody is asked it unless a client file names the rule: CMS switched its sex edits off.

    Source:
        Definitions of Medicare Code Edits, "sex conflict", deactivated on 2024-10-01.
    """
    refused = {"M": {Icd10Group.MATERNITY, Icd10Group.FEMALE}, "F": {Icd10Group.MALE}}.get(
        case.patient.sex, set()
    )
    return tuple(
        on_diagnosis(
            SEX_ID,
            Severity.WARNING,
            number,
            f"{code_text(code)} is unusual for the patient's recorded sex: check both",
        )
        for number, code in enumerate(case.coding.diagnoses, start=1)
        if refused & icd10_groups(code, case.service_date)
    )


def age_in_years(born: date, on: date) -> int:
    """Count full years; someone born on 29 February is a year older on 1 March.

    Source:
        Definitions of Medicare Code Edits, "age conflict": age in years at the service.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _of_other_ages(case: CodingCase, age: int) -> Iterator[Finding]:
    for number, code in enumerate(case.coding.diagnoses, start=1):
        for group in sorted(icd10_groups(code, case.service_date) & AGES_OF_GROUP.keys()):
            ages = AGES_OF_GROUP[group]
            if not ages.youngest <= age <= ages.oldest:
                message = (
                    f"{code_text(code)} is a {group} diagnosis, for ages {ages.youngest} to "
                    f"{ages.oldest}: check the code and the birth date"
                )
                yield on_diagnosis(AGE_ID, Severity.WARNING, number, message)
