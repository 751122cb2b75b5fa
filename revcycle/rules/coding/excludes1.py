"""Do two diagnoses stand together that the tabular list says are never coded together?"""

from collections.abc import Iterator
from itertools import combinations

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.tabular_notes import Instruction, is_under, list_instructions

RULE_ID = "coding.excludes1"


def check_excludes1(case: CodingCase) -> tuple[Finding, ...]:
    """Report each pair once, whichever of the two has the note. An Excludes2 note says nothing.

    It is a warning, because two conditions that have nothing to do with each other may be coded
    together all the same; a person knows that from the note only.

    Source:
        ICD-10-CM Official Guidelines, section I.A.12.a (Excludes1 and its exception) and b.
    """
    return tuple(_findings(case))


def _findings(case: CodingCase) -> Iterator[Finding]:
    numbered = list(enumerate(case.coding.diagnoses, start=1))
    for (first, one), (second, other) in combinations(numbered, 2):
        if note := _excluding(case, one, other):
            yield _finding(second, other, one, note)
        elif note := _excluding(case, other, one):
            yield _finding(first, one, other, note)


def _excluding(case: CodingCase, keeper: str, excluded: str) -> Instruction | None:
    """Find the note for one code that names the other.

    A note does not exclude what it stands at: a code of its own block is named to say of what the
    note speaks.
    """
    return next(
        (
            note
            for note in list_instructions(case, keeper, "excludes1")
            if note.names(excluded) and not note.names(keeper) and not is_under(excluded, note.at)
        ),
        None,
    )


def _finding(number: int, excluded: str, keeper: str, note: Instruction) -> Finding:
    return on_diagnosis(
        RULE_ID,
        Severity.WARNING,
        number,
        f"{code_text(excluded)} is not coded together with {code_text(keeper)} (Excludes1 at "
        f"{note.at}): keep one, unless the note shows that the two are unrelated",
    )
