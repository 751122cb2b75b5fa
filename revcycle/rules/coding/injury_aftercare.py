"""Is the healing of an injury coded by the injury, not as aftercare?"""

from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.episode_of_care import HEALING, list_injury_stages

RULE_ID = "coding.injury_aftercare"
AFTERCARE: Final = ("Z478", "Z48")  # not Z47.1 to Z47.3: joints and devices are no injuries


def check_injury_aftercare(case: CodingCase) -> tuple[Finding, ...]:
    """Report an aftercare code beside an injury that already says subsequent care.

    Source:
        ICD-10-CM Official Guidelines, section I.C.21.c.7: aftercare codes are not used for
        injuries; the injury with its seventh character says it.
    """
    if HEALING not in list_injury_stages(case.coding.diagnoses):
        return ()
    return tuple(
        on_diagnosis(
            RULE_ID,
            Severity.WARNING,
            number,
            f"{code_text(code)} repeats the seventh character of the injury: remove it, unless it "
            "is for something else",
        )
        for number, code in enumerate(case.coding.diagnoses, start=1)
        if code.startswith(AFTERCARE)
    )
