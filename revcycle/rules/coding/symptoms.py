"""Is a symptom coded beside the disease that explains it?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.tabular_notes import is_under

RULE_ID = "coding.symptom_beside_condition"

# Blocks of chapter 18 and the chapters of the same organs.
CHAPTERS_OF_SYMPTOMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "R00-R03": ("I00-I99",),
        "R04-R09": ("I20-I52", "J00-J99"),
        "R10-R19": ("K00-K95",),
        "R20-R23": ("L00-L99", "G00-G99"),
        "R25-R29": ("G00-G99", "M00-M99"),
        "R30-R39": ("N00-N99",),
        "R40-R46": ("F01-F99", "G00-G99"),
        "R47-R49": ("F01-F99", "G00-G99"),
    }
)


def check_symptom_beside_condition(case: CodingCase) -> tuple[Finding, ...]:
    """Remind that a symptom which belongs to a coded disease is not coded; a person knows which.

    Source:
        ICD-10-CM Official Guidelines, sections I.B.4 and I.B.5: symptoms integral to a disease are
        not coded.
    """
    return tuple(
        on_diagnosis(
            RULE_ID,
            Severity.INFO,
            number,
            f"{code_text(code)} is a symptom: remove it if it belongs to {code_text(disease)}",
        )
        for number, code in enumerate(case.coding.diagnoses, start=1)
        if (disease := _disease(code, case.coding.diagnoses))
    )


def _disease(symptom: str, codes: tuple[str, ...]) -> str:
    """Find the first coded disease of the organs that a symptom is of."""
    chapters = next(
        (chapters for block, chapters in CHAPTERS_OF_SYMPTOMS.items() if is_under(symptom, block)),
        (),
    )
    found = (code for code in codes if any(is_under(code, chapter) for chapter in chapters))
    return next(found, "")
