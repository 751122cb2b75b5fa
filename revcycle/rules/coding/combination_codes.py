"""Is there one code for what two diagnoses say, or does one of them deny the other?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.tabular_notes import is_under

RULE_ID = "coding.combination_codes"


@dataclass(frozen=True, slots=True)
class Combination:
    """Two diagnoses that are presumed to belong together, as codes or ranges, and what says so."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    advice: str
    section: str


_PLAIN_DIABETES: Final = ("E089", "E099", "E109", "E119", "E139")
COMBINATIONS: Final = (
    Combination(
        ("I10",),
        ("I50", "I514-I517", "I5189", "I519"),
        "hypertension with heart disease is I11.-, with heart failure I11.0",
        "I.C.9.a.1",
    ),
    Combination(
        ("I10",), ("N18",), "hypertension with chronic kidney disease is I12.-", "I.C.9.a.2"
    ),
    Combination(
        ("I11",), ("N18",), "with heart and chronic kidney disease it is I13.-", "I.C.9.a.3"
    ),
    Combination(
        ("I12",), ("I50",), "with heart failure and kidney disease it is I13.-", "I.C.9.a.3"
    ),
    Combination(
        _PLAIN_DIABETES,
        ("N18",),
        "diabetes with chronic kidney disease is a code ending in .22, such as E11.22",
        "I.A.15",
    ),
    Combination(
        _PLAIN_DIABETES,
        ("L97",),
        "diabetes with an ulcer of the foot or the skin is .621 or .622, such as E11.621",
        "I.A.15",
    ),
    Combination(
        _PLAIN_DIABETES, ("I96",), "diabetes with gangrene is .52, such as E11.52", "I.A.15"
    ),
    Combination(
        ("J449",),
        ("J09-J18", "J20-J22"),
        "with an infection of the lower airways it is J44.0, and the infection also",
        "I.A.15 and J44.0",
    ),
)


def check_combination_codes(case: CodingCase) -> tuple[Finding, ...]:
    """Report two diagnoses that one code says, and diabetes without beside with complications.

    Source:
        ICD-10-CM Official Guidelines, sections I.A.15 ("with"), I.B.9 (combination codes), I.C.4.a
        and I.C.9.a; each finding names its own.
    """
    codes = case.coding.diagnoses
    return (*_combined(codes), *_denied(codes))


def _combined(codes: tuple[str, ...]) -> Iterator[Finding]:
    for number, code in enumerate(codes, start=1):
        for pair in COMBINATIONS:
            other = _first_under(codes, pair.other)
            if other and _is_any(code, pair.one):
                yield _warning(
                    number,
                    f"{code_text(code)} stands beside {code_text(other)}: {pair.advice} "
                    f"({pair.section}), unless the provider says that the two are unrelated",
                )


def _denied(codes: tuple[str, ...]) -> Iterator[Finding]:
    """Report diabetes "without complications" beside one of its kind that has some."""
    for number, code in enumerate(codes, start=1):
        if code not in _PLAIN_DIABETES:
            continue
        other = next((one for one in codes if one[:3] == code[:3] and one != code), "")
        if other:
            yield _warning(
                number,
                f"{code_text(code)} says that there is no complication, {code_text(other)} names "
                "one: keep the second (I.C.4.a)",
            )


def _first_under(codes: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    return next((code for code in codes if _is_any(code, wanted)), "")


def _is_any(code: str, wanted: tuple[str, ...]) -> bool:
    return any(is_under(code, one) for one in wanted)


def _warning(number: int, message: str) -> Finding:
    return on_diagnosis(RULE_ID, Severity.WARNING, number, message)
