"""Loading lists of codes and finding a code in them, on both databases."""

from datetime import date

import pytest
from sqlmodel import Session

from models.documents.billing_code import BillingCodeDocument
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.values.billing_codes import SYSTEMS_OF_KIND, CodeKind, CodeSystem
from revcycle.operations.coding.find_codes import FOUND_MAX, find_codes
from revcycle.operations.coding.load_codes import load_codes
from revcycle.store import billing_codes
from revcycle.store.session import reading, transaction
from revcycle.store.staff_trail import list_staff_trail
from tests.conftest import NOON

SERVICE_DATE = date(2026, 11, 20)
ALWAYS = date(2015, 10, 1)
THIS_FISCAL_YEAR = date(2026, 10, 1)
ACT = StaffAct("command:codes:tester", NOON)


def diagnosis(
    code: str, title: str, valid_from: date = ALWAYS, valid_to: date | None = None
) -> BillingCodeDocument:
    return BillingCodeDocument(CodeSystem.ICD10CM, code, title, valid_from, valid_to)


DIAGNOSES = (
    diagnosis("M25562", "Pain in left knee"),
    diagnosis("M25561", "Pain in right knee"),
    diagnosis("E119", "Type 2 diabetes mellitus without complications"),
    diagnosis("H8109", "Ménière's disease, unspecified ear"),
    diagnosis("I428", "Other cardiomyopathies", valid_to=date(2026, 9, 30)),
    diagnosis("E1165", "Type 2 diabetes mellitus with hyperglycemia", THIS_FISCAL_YEAR),
    BillingCodeDocument(
        CodeSystem.ICD10CM, "E11", "Type 2 diabetes mellitus", ALWAYS, is_billable=False
    ),
)
PROCEDURES = (
    BillingCodeDocument(CodeSystem.HCPCS, "G0438", "Annual wellness visit", ALWAYS),
    BillingCodeDocument(CodeSystem.HCPCS, "L1810", "Knee orthosis, elastic", ALWAYS),
)


@pytest.fixture
def url(either_database_url: str) -> str:
    """A database with a few codes of two lists."""
    with transaction(either_database_url) as session:
        load(session, CodeSystem.ICD10CM, DIAGNOSES)
        load(session, CodeSystem.HCPCS, PROCEDURES)
    return either_database_url


def load(session: Session, system: CodeSystem, codes: tuple[BillingCodeDocument, ...]) -> list[int]:
    return list(load_codes(session, ACT, system, codes))


def found(
    url: str, typed: str, on: date = SERVICE_DATE, kind: CodeKind = CodeKind.DIAGNOSIS
) -> list[str]:
    with reading(url) as session:
        return [code.code for code in find_codes(session, SYSTEMS_OF_KIND[kind], typed, on)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("M25.56", ["M25561", "M25562"], id="the-beginning-of-a-code-with-its-dot"),
        pytest.param(" m2556 ", ["M25561", "M25562"], id="small-letters-and-blanks"),
        pytest.param("kne pai", ["M25562", "M25561"], id="beginnings-of-words-in-any-order"),
        pytest.param("KNEE LEFT", ["M25562"], id="capital-letters"),
        pytest.param("meniere", ["H8109"], id="no-marks-typed"),
        pytest.param("Ménière's", ["H8109"], id="marks-typed"),
        pytest.param("diabetes 2", ["E119", "E1165", "E11"], id="a-heading-comes-last"),
        pytest.param("knee elbow", [], id="every-word-must-occur"),
        pytest.param("", [], id="nothing-typed"),
        pytest.param('" * ( AND', [], id="signs-of-a-query-language"),
        pytest.param("'); DROP TABLE", [], id="signs-of-another"),
    ],
)
def test_a_coder_finds_a_diagnosis(url: str, typed: str, expected: list[str]) -> None:
    assert found(url, typed) == expected


def test_what_may_not_be_billed_on_the_date_of_service_comes_last(url: str) -> None:
    before = date(2026, 9, 30)
    assert found(url, "E11", SERVICE_DATE) == ["E1165", "E119", "E11"]
    assert found(url, "E11", before) == ["E119", "E11", "E1165"]
    with reading(url) as session:
        (code,) = find_codes(session, [CodeSystem.ICD10CM], "I42", SERVICE_DATE)
    assert not code.may_be_billed(SERVICE_DATE)
    assert code.may_be_billed(before)


def test_procedures_and_diagnoses_are_found_apart(url: str) -> None:
    assert found(url, "knee", kind=CodeKind.PROCEDURE) == ["L1810"]
    assert "L1810" not in found(url, "knee")


def test_more_finds_than_an_eye_takes_in_are_cut(url: str) -> None:
    many = tuple(diagnosis(f"S{number:04d}", f"Injury {number}") for number in range(50))
    with transaction(url) as session:
        load(session, CodeSystem.ICD10CM, many)
    assert found(url, "injury") == [code.code for code in many[:FOUND_MAX]]


def test_a_code_with_two_periods_stands_once(url: str) -> None:
    twice = (
        diagnosis("D691", "Qualitative platelet defects", date(2025, 1, 1)),
        diagnosis("D691", "Qualitative platelet defects", ALWAYS, date(2020, 9, 30)),
    )
    with transaction(url) as session:
        load(session, CodeSystem.ICD10CM, twice)
    assert found(url, "platelet") == ["D691"]
    assert found(url, "platelet", date(2019, 1, 1)) == ["D691"]


def test_another_edition_takes_the_place_of_a_list_and_leaves_the_others(url: str) -> None:
    with transaction(url) as session:
        assert load(session, CodeSystem.ICD10CM, DIAGNOSES[:1]) == [1]
    with transaction(url) as session:
        assert billing_codes.count_codes(session) == {CodeSystem.ICD10CM: 1, CodeSystem.HCPCS: 2}
        last = list_staff_trail(session, None)[-1]
    assert (last.action, last.outcome) == ("load_codes:icd10cm", "1 codes")
    assert found(url, "right knee") == []


@pytest.mark.parametrize(
    "codes",
    [pytest.param((), id="nothing"), pytest.param(DIAGNOSES[:1] * 2, id="a-code-twice")],
)
def test_a_list_that_cannot_be_right_leaves_the_old_one(
    url: str, codes: tuple[BillingCodeDocument, ...]
) -> None:
    with pytest.raises(RejectedError, match="stays as it is"), transaction(url) as session:
        load(session, CodeSystem.ICD10CM, codes)
    assert found(url, "left knee") == ["M25562"]


def test_titles_stand_beside_codes(url: str) -> None:
    with reading(url) as session:
        titles = billing_codes.list_titles(session, CodeSystem.ICD10CM, ["M25561", "Z9999"], None)
    assert titles == {"M25561": "Pain in right knee"}
