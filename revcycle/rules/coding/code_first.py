"""Does the cause stand before the condition that it brought about?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10_groups import Icd10Group, icd10_groups
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.tabular_notes import Instruction, list_instructions, others

RULE_ID = "coding.code_first"
OPTIONAL_WORDS: Final = ("if applicable", "if known")


def check_code_first(case: CodingCase) -> tuple[Finding, ...]:
    """Report a condition whose cause stands behind it, or is not coded although it must be.

    Source:
        ICD-10-CM Official Guidelines, sections I.A.13 (etiology and manifestation) and I.A.17
        ("code first" notes).
    """
    return tuple(_findings(case))


def _findings(case: CodingCase) -> Iterator[Finding]:
    for number, code in enumerate(case.coding.diagnoses, start=1):
        for note in list_instructions(case, code, "code_first"):
            if message := _complaint(case, number, note):
                text = f"{code_text(code)} {message}"
                yield on_diagnosis(RULE_ID, Severity.WARNING, number, text)


def _complaint(case: CodingCase, number: int, note: Instruction) -> str:
    codes = case.coding.diagnoses
    causes = [(place, code) for place, code in others(codes, number) if note.names(code)]
    if any(place < number for place, _ in causes):
        return ""
    if causes:
        return f"goes behind {code_text(causes[0][1])}: that is coded first"
    if note.codes and _is_needed(case, codes[number - 1], note):
        return f"needs another code before it: {note.text}"
    return ""


def _is_needed(case: CodingCase, code: str, note: Instruction) -> bool:
    """Tell whether the cause must be coded: of a manifestation always, else where one is meant."""
    if note.is_of_any or any(words in note.words for words in OPTIONAL_WORDS):
        return False
    if Icd10Group.MANIFESTATION in icd10_groups(code, case.service_date):
        return True
    return "underlying" in note.words or (len(note.codes) == 1 and note.note_count == 1)
