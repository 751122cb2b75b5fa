"""What a coder types, moves and compares."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import CodingCase
from models.documents.finding import Severity
from revcycle.rules.coding import check_coding
from revcycle.rules.coding.arrange_coding import (
    add_diagnosis,
    add_service,
    move_diagnosis,
    remove_diagnosis,
    remove_service,
)
from revcycle.rules.coding.compare_codings import coding_fingerprint, compare_codings
from revcycle.rules.coding.typed_coding import (
    TypedCoding,
    TypedService,
    read_coding,
    read_pointers,
    type_coding,
)

DAY = date(2026, 11, 18)
VISIT = TypedService("99214", "25", "1", "1, 2")
TYPED = TypedCoding(("I10", "E11.9"), (VISIT,))
CODING = CodingDocument(("I10", "E119"), (CodedService("99214", (1, 2), ("25",)),), DAY)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("E11.9", "E119", id="with-the-dot"),
        pytest.param("e119", "E119", id="lower-case-without-the-dot"),
        pytest.param("  s72.001a ", "S72001A", id="with-blanks-around"),
    ],
)
def test_a_diagnosis_is_taken_as_people_type_it(typed: str, code: str) -> None:
    coding, findings = read_coding(TypedCoding((typed,)), DAY)
    assert coding.diagnoses == (code,)
    assert findings == ()


@pytest.mark.parametrize(
    ("typed", "pointers"),
    [
        pytest.param("1, 2", (1, 2), id="numbers"),
        pytest.param("2 1", (2, 1), id="in-another-order"),
        pytest.param("12", (12,), id="two-digits-are-one-number"),
        pytest.param("AB", (1, 2), id="letters-of-the-paper-form"),
        pytest.param("a c", (1, 3), id="small-letters-apart"),
        pytest.param("", (), id="nothing"),
        pytest.param("1;x9", None, id="nonsense"),
        pytest.param("123", None, id="three-digits"),
    ],
)
def test_pointers_are_numbers_or_letters(typed: str, pointers: tuple[int, ...] | None) -> None:
    assert read_pointers(typed) == pointers


@pytest.mark.parametrize("modifiers", ["25 59", "25,59", "2559", " 25  59 "])
def test_modifiers_are_taken_apart(modifiers: str) -> None:
    coding, findings = read_coding(
        TypedCoding(services=(replace(VISIT, modifiers=modifiers),)), DAY
    )
    assert coding.services[0].modifiers == ("25", "59")
    assert findings == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"procedure": "9921"}, "procedure_code", id="a-short-procedure"),
        pytest.param({"modifiers": "25 5"}, "modifiers", id="half-a-modifier"),
        pytest.param({"modifiers": "25 59 76 77 91"}, "modifiers", id="five-modifiers"),
        pytest.param({"units": "0"}, "units", id="no-units"),
        pytest.param({"units": "-1"}, "units", id="units-below-zero"),
        pytest.param({"units": "1.2345"}, "units", id="four-decimals"),
        pytest.param({"units": "٣"}, "units", id="digits-of-another-script"),
        pytest.param({"units": "NaN"}, "units", id="not-a-number"),
        pytest.param({"pointers": "1,2,3,4,5"}, "diagnosis_pointers", id="five-pointers"),
        pytest.param({"service_date": "yesterday"}, "service_date", id="no-day"),
        pytest.param({"revenue_code": "04200"}, "revenue_code", id="five-digits-of-revenue"),
    ],
)
def test_what_cannot_be_written_down_names_its_field_and_what_is_allowed(
    changes: dict[str, str], field: str
) -> None:
    _, findings = read_coding(TypedCoding(("I10",), (replace(VISIT, **changes),)), DAY)
    assert [finding.field for finding in findings] == [f"services[1].{field}"]
    assert "such as" in findings[0].message or "above zero" in findings[0].message


def test_an_empty_row_between_others_keeps_its_number_and_is_reported() -> None:
    typed = TypedCoding(("I10", "", "E11.9", "", " "), (VISIT, TypedService(units="1")))
    coding, findings = read_coding(typed, DAY)
    assert len(coding.diagnoses) == 3
    assert len(coding.services) == 1
    assert [finding.field for finding in findings] == ["diagnoses[2]"]


def test_empty_units_are_one_and_an_empty_date_is_the_encounters() -> None:
    coding, _ = read_coding(TypedCoding(("I10",), (TypedService("99213", pointers="1"),)), DAY)
    assert coding.services == (CodedService("99213", (1,), units=Decimal(1)),)


def test_a_coding_that_is_typed_and_read_is_the_same() -> None:
    assert type_coding(CODING) == TYPED
    assert read_coding(type_coding(CODING), DAY) == (CODING, ())


texts = st.text(max_size=12)


@given(st.lists(texts, max_size=4), st.lists(st.builds(TypedService, *[texts] * 6), max_size=3))
def test_any_text_is_read_without_a_crash_and_fits_the_tables_if_nothing_is_wrong(
    diagnoses: list[str], services: list[TypedService]
) -> None:
    coding, findings = read_coding(TypedCoding(tuple(diagnoses), tuple(services)), DAY)
    if findings:
        return
    assert all(len(code) <= 7 for code in coding.diagnoses)
    for service in coding.services:
        assert len(service.procedure_code) == 5
        assert len(":".join(service.modifiers)) <= 11
        assert service.units > 0


def test_services_follow_a_diagnosis_that_moves() -> None:
    moved = move_diagnosis(TYPED, 2, steps=-1)
    assert moved.diagnoses == ("E11.9", "I10")
    assert moved.services[0].pointers == "2, 1"


@pytest.mark.parametrize(("number", "steps"), [(1, -1), (2, 1), (0, 1), (9, -1)])
def test_nothing_moves_beyond_the_ends(number: int, steps: int) -> None:
    assert move_diagnosis(TYPED, number, steps=steps) == TYPED


def test_no_service_points_at_a_diagnosis_that_was_removed() -> None:
    left = remove_diagnosis(TYPED, 1)
    assert left.diagnoses == ("E11.9",)
    assert left.services[0].pointers == "1"
    assert remove_diagnosis(TYPED, 3) == TYPED


def test_pointers_nobody_can_read_stay_for_the_coder() -> None:
    odd = replace(TYPED, services=(replace(VISIT, pointers="x9"),))
    assert remove_diagnosis(odd, 1).services[0].pointers == "x9"


def test_a_source_code_is_taken_once() -> None:
    assert add_diagnosis(TYPED, "e119").diagnoses == TYPED.diagnoses
    assert add_diagnosis(TYPED, "J06.9").diagnoses == ("I10", "E11.9", "J06.9")


def test_a_service_taken_over_points_at_nothing_until_the_coder_says() -> None:
    assert add_service(TYPED, "93000").services[-1] == TypedService("93000")
    assert remove_service(add_service(TYPED, "93000"), 1).services == (TypedService("93000"),)
    assert remove_service(TYPED, 2) == TYPED


def test_the_fingerprint_knows_an_order_and_no_spelling() -> None:
    same = replace(CODING, services=(replace(CODING.services[0], units=Decimal("1.000")),))
    dated = replace(CODING, services=(replace(CODING.services[0], service_date=DAY),))
    assert coding_fingerprint(same) == coding_fingerprint(dated) == coding_fingerprint(CODING)
    turned = replace(CODING, diagnoses=("E119", "I10"))
    assert coding_fingerprint(turned) != coding_fingerprint(CODING)


def test_differences_name_rows_with_both_versions() -> None:
    theirs = replace(CODING, diagnoses=("I10",), services=())
    rows = [(one.label, one.theirs, one.mine) for one in compare_codings(theirs, CODING)]
    assert rows == [
        ("Diagnosis 2", "", "E11.9"),
        ("Service 1", "", "99214 25; 1 unit(s); for 1, 2"),
    ]
    assert compare_codings(CODING, CODING) == ()


def test_the_same_service_twice_warns_and_a_repeat_modifier_answers_it() -> None:
    service = CODING.services[0]
    twice = replace(CODING, services=(service, service))
    assert [(one.severity, one.field) for one in check_coding(CodingCase(twice))] == [
        (Severity.WARNING, "services[2].procedure_code")
    ]
    again = replace(service, modifiers=("25", "76"))
    assert check_coding(CodingCase(replace(CODING, services=(service, again)))) == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("E11", "more characters are needed, such as E11.00", id="a-heading"),
        pytest.param("D691", "is billable from", id="a-code-that-ended"),
        pytest.param("ZZZ", "is no ICD-10-CM code on 2026-11-18", id="no-code"),
    ],
)
def test_a_code_that_cannot_be_billed_says_what_can(code: str, words: str) -> None:
    findings = check_coding(CodingCase(replace(CODING, diagnoses=("I10", code))))
    assert words in findings[0].message
