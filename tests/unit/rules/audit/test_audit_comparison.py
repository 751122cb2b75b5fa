"""Two codings of one chart: what differs, and how grave it is."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_audit import CodeDecision
from models.values.coding_audit import CodePart, Gravity
from revcycle.rules.audit.compare_for_audit import list_code_decisions

DAY = date(2026, 11, 18)


def a_coding(*diagnoses: str, services: tuple[CodedService, ...] = ()) -> CodingDocument:
    return CodingDocument(diagnoses, services, DAY)


def a_visit(code: str = "99213", *modifiers: str, units: int = 1, points: int = 1) -> CodedService:
    return CodedService(code, (points,), modifiers, Decimal(units))


def differing(coder: CodingDocument, auditor: CodingDocument) -> list[CodeDecision]:
    return [one for one in list_code_decisions(coder, auditor) if not one.is_same]


E119_VISIT = a_coding("E119", "I10", services=(a_visit("99213", "25"),))


def test_the_same_coding_differs_in_nothing_and_every_code_counts() -> None:
    found = list_code_decisions(E119_VISIT, E119_VISIT)
    assert [one.part for one in found] == [
        CodePart.DIAGNOSIS,
        CodePart.DIAGNOSIS,
        CodePart.FIRST_DIAGNOSIS,
        CodePart.LEVEL,
        CodePart.MODIFIER,
        CodePart.UNITS,
    ]
    assert all(one.is_same for one in found)


@pytest.mark.parametrize(
    ("auditor", "expected"),
    [
        pytest.param(
            a_coding("E1122", "I10", services=(a_visit("99213", "25"),)),
            [CodeDecision(CodePart.DIAGNOSIS, "E119", "E1122", Gravity.MATERIAL)],
            id="another-code-of-the-category-is-one-mistake",
        ),
        pytest.param(
            a_coding("I10", "E119", services=(a_visit("99213", "25", points=2),)),
            [CodeDecision(CodePart.FIRST_DIAGNOSIS, "E119", "I10", Gravity.MATERIAL)],
            id="the-order-alone-is-one-mistake",
        ),
        pytest.param(
            a_coding("E119", services=(a_visit("99213", "25"),)),
            [CodeDecision(CodePart.DIAGNOSIS, "I10", "", Gravity.MINOR)],
            id="a-diagnosis-no-service-is-for-is-minor",
        ),
        pytest.param(
            a_coding("E119", "I10", services=(a_visit("99214", "25"),)),
            [CodeDecision(CodePart.LEVEL, "99213", "99214", Gravity.MATERIAL)],
            id="another-level-is-one-material-mistake",
        ),
        pytest.param(
            a_coding("E119", "I10", services=(a_visit("99213"),)),
            [CodeDecision(CodePart.MODIFIER, "25", "", Gravity.MATERIAL)],
            id="a-modifier-that-pays-is-material",
        ),
        pytest.param(
            a_coding("E119", "I10", services=(a_visit("99213", "25", "LT"),)),
            [CodeDecision(CodePart.MODIFIER, "", "LT", Gravity.MINOR)],
            id="a-modifier-that-informs-is-minor",
        ),
        pytest.param(
            a_coding("E119", "I10", services=(a_visit("99213", "25", units=2),)),
            [CodeDecision(CodePart.UNITS, "1", "2", Gravity.MATERIAL)],
            id="units-are-material",
        ),
        pytest.param(
            a_coding("E119", "I10", services=(a_visit("99213", "25"), a_visit("20610", "RT"))),
            [CodeDecision(CodePart.PROCEDURE, "", "20610", Gravity.MATERIAL)],
            id="a-missed-procedure-counts-once",
        ),
    ],
)
def test_a_difference_counts_once_with_its_weight(
    auditor: CodingDocument, expected: list[CodeDecision]
) -> None:
    assert differing(E119_VISIT, auditor) == expected


def test_an_empty_coding_misses_everything() -> None:
    found = list_code_decisions(a_coding(), E119_VISIT)
    assert [(one.part, one.coder) for one in found] == [
        (CodePart.DIAGNOSIS, ""),
        (CodePart.DIAGNOSIS, ""),
        (CodePart.LEVEL, ""),
    ]


codes = st.sampled_from(["E119", "E1122", "I10", "M1711", "M1712", "R059"])
services = st.builds(
    CodedService,
    st.sampled_from(["99213", "99214", "99396", "20610", "20611", "J1100"]),
    st.just((1,)),
    st.lists(st.sampled_from(["25", "59", "LT"]), max_size=2, unique=True).map(tuple),
    st.integers(1, 4).map(Decimal),
)
codings = st.builds(
    lambda diagnoses, done: CodingDocument(tuple(diagnoses), tuple(done), DAY),
    st.lists(codes, max_size=5, unique=True),
    st.lists(services, max_size=4),
)


@given(codings)
def test_nobody_differs_from_oneself(coding: CodingDocument) -> None:
    assert differing(coding, coding) == []


@given(codings, codings)
def test_changing_the_two_people_over_changes_the_sides_only(
    first: CodingDocument, second: CodingDocument
) -> None:
    there = [
        (one.part, one.coder, one.auditor, one.weight) for one in list_code_decisions(first, second)
    ]
    back = [
        (one.part, one.auditor, one.coder, one.weight) for one in list_code_decisions(second, first)
    ]
    assert sorted(there) == sorted(back)


@given(codings, codings)
def test_each_diagnosis_of_each_of_them_is_decided_once(
    first: CodingDocument, second: CodingDocument
) -> None:
    found = [one for one in list_code_decisions(first, second) if one.part is CodePart.DIAGNOSIS]
    assert sorted(one.coder for one in found if one.coder) == sorted(first.diagnoses)
    assert sorted(one.auditor for one in found if one.auditor) == sorted(second.diagnoses)
