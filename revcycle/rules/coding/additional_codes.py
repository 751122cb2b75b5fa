"""Does the tabular list ask for a further code that is not there?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.tabular_notes import Instruction, list_instructions, others

USE_ADDITIONAL_ID = "coding.use_additional_code"
CODE_ALSO_ID = "coding.code_also"
OPTIONAL: Final = "if applicable"


def check_use_additional_code(case: CodingCase) -> tuple[Finding, ...]:
    """Remind of a further code; notes of whole chapters and blocks are left out, they fit rarely.

    Source:
        ICD-10-CM Official Guidelines, section I.A.13 and I.B.7: a further code where the record
        supports it.
    """
    return tuple(_findings(case, "use_additional", USE_ADDITIONAL_ID, "use an additional"))


def check_code_also(case: CodingCase) -> tuple[Finding, ...]:
    """Remind of a second code whose place in the order is free.

    Source:
        ICD-10-CM Official Guidelines, section I.A.17 ("code also" notes).
    """
    return tuple(_findings(case, "code_also", CODE_ALSO_ID, "code also"))


def _findings(case: CodingCase, kind: str, rule_id: str, advice: str) -> Iterator[Finding]:
    codes = case.coding.diagnoses
    for number, code in enumerate(codes, start=1):
        for note in list_instructions(case, code, kind):
            found = any(note.names(other) for _, other in others(codes, number))
            if not found and _is_asking(note):
                asked = note.text.rstrip(".")
                text = f"{code_text(code)}: {advice} {asked}, where the note supports it"
                yield on_diagnosis(rule_id, Severity.INFO, number, text)


def _is_asking(note: Instruction) -> bool:
    """Tell whether a note asks for something that can be named, of this very code."""
    is_optional = note.is_of_any or OPTIONAL in note.words
    return note.is_at_code and bool(note.codes) and not is_optional
