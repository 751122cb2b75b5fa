"""The rules that follow the notes of the tabular list."""

import pytest

from models.documents.coding_case import CodingCase, DiagnosisNoteFacts
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.tabular_notes import is_under
from tests.unit.rules.coding.judged_cases import diagnosed, judge


def a_note(kind: str, at: str, text: str, *codes: str) -> DiagnosisNoteFacts:
    return DiagnosisNoteFacts(at, kind, text, codes)


WHEEZING = a_note("excludes1", "J45", "wheezing NOS (R06.2)", "R062")
PREGNANCY = a_note("excludes1", "Z34", "any complication of pregnancy (O00-O9A)", "O00-O9A")
SELF = a_note("excludes1", "E08-E13", "diabetes of newborns and others", "E08-E13", "P702")
OWN = a_note("excludes1", "A15-A19", "lungs with dust, any type in A15 (J65)", "A15", "J65")
LATER = a_note("excludes2", "J44", "lung diseases due to external agents (J60-J70)", "J60-J70")
AFTER = a_note("code_first", "Z87", "any follow-up examination (Z09)", "Z09")
KIDNEY = a_note("code_first", "N18", "any associated hypertensive disease (I12.-, I13.-)", "I12")
CAUSE = a_note("code_first", "F02", "the underlying condition, such as Alzheimer's (G30.-)", "G30")
NEOPLASM = a_note("code_first", "D63.0", "neoplasm (C00-D49)", "C00-D49")
FAILURE = (
    a_note("code_first", "I50", "heart failure due to hypertension (I11.0)", "I110"),
    a_note("code_first", "I50", "heart failure following surgery (I97.13-)", "I9713"),
)
INSULIN = a_note("use_additional", "E11", "code to identify control using insulin (Z79.4)", "Z794")
SMOKE = a_note("use_additional", "J00-J99", "code to identify tobacco use (Z72.0)", "Z720")
MAYBE = a_note("use_additional", "G30", "delirium, if applicable (F05)", "F05")
ASTHMA = a_note("code_also", "J44", "type of asthma (J45.-)", "J45")


def a_case(text: str, **notes: DiagnosisNoteFacts | tuple[DiagnosisNoteFacts, ...]) -> CodingCase:
    return diagnosed(
        text,
        notes={code: one if isinstance(one, tuple) else (one,) for code, one in notes.items()},
    )


def _fields(findings: tuple[Finding, ...]) -> list[tuple[Severity, str]]:
    return [(one.severity, one.field) for one in findings]


@pytest.mark.parametrize(
    ("case", "found"),
    [
        pytest.param(a_case("J45.909 R06.2", J45909=WHEEZING), [2], id="the-note-is-at-the-first"),
        pytest.param(a_case("R06.2 J45.909", J45909=WHEEZING), [1], id="or-at-the-second"),
        pytest.param(a_case("Z34.90 O09.91", Z3490=PREGNANCY), [2], id="a-range-names-it"),
        pytest.param(a_case("E11.9 E10.9", E119=SELF), [], id="a-note-on-its-own-block"),
        pytest.param(a_case("A17.81 A15.0", A1781=OWN), [], id="a-code-of-the-note's-own-block"),
        pytest.param(a_case("J44.9 J60", J449=LATER), [], id="excludes2-forbids-nothing"),
        pytest.param(a_case("J45.909 R06.2"), [], id="notes-that-are-not-loaded"),
    ],
)
def test_what_is_never_coded_together(case: CodingCase, found: list[int]) -> None:
    expected = [(Severity.WARNING, f"diagnoses[{number}]") for number in found]
    assert _fields(judge("coding.excludes1", case)) == expected


def test_a_pair_that_excludes_each_other_is_reported_once() -> None:
    other = a_note("excludes1", "R06.2", "asthma (J45.-)", "J45")
    case = a_case("J45.909 R06.2", J45909=WHEEZING, R062=other)
    (finding,) = judge("coding.excludes1", case)
    assert "R06.2" in finding.message
    assert "J45.909" in finding.message


@pytest.mark.parametrize(
    ("case", "found"),
    [
        pytest.param(a_case("N18.31 I12.9", N1831=KIDNEY), [1], id="the-cause-stands-behind"),
        pytest.param(a_case("I12.9 N18.31", N1831=KIDNEY), [], id="the-cause-stands-before"),
        pytest.param(a_case("N18.31", N1831=KIDNEY), [], id="an-associated-cause-may-be-missing"),
        pytest.param(a_case("I10 F02.80", F0280=CAUSE), [2], id="a-manifestation-needs-its-cause"),
        pytest.param(a_case("G30.9 F02.80", F0280=CAUSE), [], id="a-manifestation-with-its-cause"),
        pytest.param(a_case("D63.0", D630=NEOPLASM), [1], id="the-only-cause-there-is"),
        pytest.param(a_case("I50.9", I509=FAILURE), [], id="one-of-several-possible-causes"),
        pytest.param(a_case("I50.9 I11.0", I509=FAILURE), [1], id="one-of-several-behind"),
        pytest.param(a_case("I10 Z87.891", Z87891=AFTER), [], id="any-such-visit-may-not-be"),
        pytest.param(a_case("N18.31 I12.9"), [], id="notes-that-are-not-loaded"),
    ],
)
def test_the_cause_is_coded_first(case: CodingCase, found: list[int]) -> None:
    expected = [(Severity.WARNING, f"diagnoses[{number}]") for number in found]
    assert _fields(judge("coding.code_first", case)) == expected


@pytest.mark.parametrize(
    ("case", "is_found"),
    [
        pytest.param(a_case("E11.65", E1165=INSULIN), True, id="nothing-said-of-treatment"),
        pytest.param(a_case("E11.65 Z79.4", E1165=INSULIN), False, id="insulin-is-coded"),
        pytest.param(a_case("J45.909", J45909=SMOKE), False, id="notes-of-a-chapter-fit-rarely"),
        pytest.param(a_case("G30.9", G309=MAYBE), False, id="only-if-applicable"),
    ],
)
def test_a_further_code_is_reminded_of(case: CodingCase, *, is_found: bool) -> None:
    found = _fields(judge("coding.use_additional_code", case))
    assert found == [(Severity.INFO, "diagnoses[1]")] * is_found


def test_code_also_is_reminded_of_in_any_order() -> None:
    reminded = judge("coding.code_also", a_case("J44.9", J449=ASTHMA))
    assert _fields(reminded) == [(Severity.INFO, "diagnoses[1]")]
    assert judge("coding.code_also", a_case("J45.909 J44.9", J449=ASTHMA)) == ()


@pytest.mark.parametrize(
    ("code", "named", "expected"),
    [
        pytest.param("E1165", "E11", True, id="below-a-category"),
        pytest.param("E1165", "E11.6", True, id="below-a-subcategory-with-its-dot"),
        pytest.param("E119", "E10-E14", True, id="in-a-range"),
        pytest.param("E149", "E10-E14", True, id="below-the-end-of-a-range"),
        pytest.param("E150", "E10-E14", False, id="behind-a-range"),
        pytest.param("E119", "E11-", True, id="a-dash-for-all-below"),
        pytest.param("O9A111", "O94-O9A", True, id="letters-stand-behind-digits"),
        pytest.param("Z6845", "Z681-Z6845", True, id="ends-of-different-lengths"),
        pytest.param("E119", "", False, id="nothing-names-nothing"),
    ],
)
def test_a_range_names_all_that_is_below_it(code: str, named: str, *, expected: bool) -> None:
    assert is_under(code, named) is expected
