"""Lists, policies, authorizations, therapy by the clock, vaccines. Policies here are invented."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.documents.coding_case import PolicyFacts, ProcedureFacts
from models.documents.finding import Severity
from revcycle.rules.coding.listed_procedures import check_listed_procedures
from revcycle.rules.coding.medicare_status import check_medicare_status
from revcycle.rules.coding.supporting_diagnoses import check_supporting_diagnoses
from revcycle.rules.coding.therapy_time import check_therapy_time, units_of_minutes
from revcycle.rules.coding.vaccines import check_vaccines
from revcycle.rules.coding.visit_limits import check_visit_limits
from tests.unit.rules.coding.service_cases import (
    DAY,
    ERROR,
    INFO,
    WARNING,
    a_case,
    a_service,
    earlier,
    grave,
    known,
)

FIRST = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(known(), "", id="no-list"),
        pytest.param(known(is_known=True, periods=((FIRST, None),)), "", id="in-force"),
        pytest.param(known(is_known=True, periods=((FIRST, DAY),)), "", id="on-its-last-day"),
        pytest.param(
            known(is_known=True, periods=((FIRST, DAY - timedelta(days=1)),)), "ended", id="ended"
        ),
        pytest.param(
            known(is_known=True, periods=((DAY + timedelta(days=1), None),)), "begins", id="future"
        ),
        pytest.param(known(is_known=False), "has no", id="unknown"),
    ],
)
def test_a_procedure_must_be_listed_on_its_day(facts: ProcedureFacts, words: str) -> None:
    findings = check_listed_procedures(a_case(a_service("G0439"), procedures={"G0439": facts}))
    assert [words in one.message for one in findings] == ([True] if words else [])


@pytest.mark.parametrize(("status", "count"), [("A", 0), ("", 0), ("I", 1), ("N", 1), ("B", 1)])
def test_what_medicare_does_not_pay_is_said(status: str, count: int) -> None:
    findings = check_medicare_status(
        a_case(a_service("99385"), procedures={"99385": known(status=status)})
    )
    assert [one.severity for one in findings] == [INFO] * count


@pytest.mark.parametrize(("modifiers", "count"), [((), 1), (("26",), 0)])
def test_medicare_pays_the_reading_of_a_laboratory_test(
    modifiers: tuple[str, ...], count: int
) -> None:
    facts = {"84165": known(status="X", component="6")}
    findings = check_medicare_status(a_case(a_service("84165", *modifiers), procedures=facts))
    assert len(findings) == count


def policy(**changes: Any) -> dict[str, ProcedureFacts]:
    facts = PolicyFacts("L1", (("E10", "E14"), ("I10", "I10")))
    return {"83036": known(policies=(PolicyFacts("L1", **changes) if changes else facts,))}


@pytest.mark.parametrize(
    ("diagnoses", "modifiers", "is_found"),
    [
        pytest.param(("E119",), (), False, id="inside-a-range"),
        pytest.param(("E1410",), (), False, id="below-the-end-of-a-range"),
        pytest.param(("I10",), (), False, id="the-code-itself"),
        pytest.param(("E15",), (), True, id="just-behind-the-range"),
        pytest.param(("J069",), (), True, id="another"),
        pytest.param(("J069",), ("GA",), False, id="the-patient-was-told"),
    ],
)
def test_a_policy_wants_a_diagnosis(
    diagnoses: tuple[str, ...],
    modifiers: tuple[str, ...],
    is_found: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    case = a_case(a_service("83036", *modifiers), diagnoses=diagnoses, procedures=policy())
    found = grave(check_supporting_diagnoses(case))
    assert found == ([(ERROR, "services[1].diagnosis_pointers")] if is_found else [])


def test_only_diagnoses_that_the_service_points_at_support_it() -> None:
    case = a_case(a_service("83036"), diagnoses=("J069", "E119"), procedures=policy())
    assert len(check_supporting_diagnoses(case)) == 1


def test_a_diagnosis_that_is_never_paid() -> None:
    facts = policy(diagnoses=(("A00", "Z99"),), never=(("Z00", "Z00"),))
    case = a_case(a_service("83036"), diagnoses=("Z0000",), procedures=facts)
    assert "never pays" in check_supporting_diagnoses(case)[0].message


def test_a_policy_about_visits_only_wants_no_diagnosis() -> None:
    facts = policy(diagnoses=(), visits_a_year=2)
    assert check_supporting_diagnoses(a_case(a_service("83036"), procedures=facts)) == ()


@pytest.mark.parametrize(
    ("days", "authorization", "count"),
    [
        pytest.param((7,), "", 0, id="the-second-of-two"),
        pytest.param((7, 14), "", 1, id="the-third"),
        pytest.param((7, 14), "A1", 0, id="authorized"),
        pytest.param((7, 0), "", 0, id="one-day-counts-once"),
        pytest.param((7, 400), "", 0, id="last-year-does-not-count"),
    ],
)
def test_visits_of_a_year(days: tuple[int, ...], authorization: str, count: int) -> None:
    case = a_case(
        a_service("83036"),
        past=[earlier("83036", days=one) for one in days],
        procedures=policy(diagnoses=(), visits_a_year=2),
        prior_authorization=authorization,
    )
    assert [one.severity for one in check_visit_limits(case)] == [WARNING] * count


@pytest.mark.parametrize(
    ("minutes", "units"),
    [(0, 0), (7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4), (68, 5)],
)
def test_the_table_of_minutes_and_units(minutes: int, units: int) -> None:
    assert units_of_minutes(minutes) == units


@pytest.mark.parametrize(
    ("units", "minutes", "expected"),
    [
        pytest.param(("2", "1"), 38, [], id="38-minutes-make-three"),
        pytest.param(("2", "2"), 38, [ERROR], id="four-are-too-many"),
        pytest.param(("1", "1"), 38, [INFO], id="one-was-forgotten"),
        pytest.param(("2", "2"), None, [], id="no-minutes-in-the-note"),
        pytest.param(("60", "37"), None, [ERROR], id="more-than-a-day-has"),
        pytest.param(("1.5", "1"), None, [ERROR], id="half-a-unit"),
    ],
)
def test_therapy_by_the_clock(
    units: tuple[str, str], minutes: int | None, expected: list[Severity]
) -> None:
    lines = [a_service("97110", "GP", units=units[0]), a_service("97140", "GP", units=units[1])]
    findings = check_therapy_time(a_case(*lines, timed_minutes=minutes))
    assert [one.severity for one in findings] == expected


def test_an_untimed_treatment_is_one_unit() -> None:
    case = a_case(a_service("97161", units="2"), a_service("97010"))
    assert grave(check_therapy_time(case)) == [(ERROR, "services[1].units")]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param(("90686", "90471"), [], id="dose-and-shot"),
        pytest.param(("90686", "G0008"), [], id="dose-and-shot-of-medicare"),
        pytest.param(("90686",), [WARNING], id="a-dose-alone"),
        pytest.param(("90471",), [INFO], id="a-shot-alone"),
        pytest.param(("90686", "90471", "90473"), [WARNING], id="two-first-shots"),
        pytest.param(("99213",), [], id="neither"),
    ],
)
def test_vaccines(codes: tuple[str, ...], expected: list[Severity]) -> None:
    findings = check_vaccines(a_case(*map(a_service, codes)))
    assert [one.severity for one in findings] == expected
