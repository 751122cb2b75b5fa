"""Visits beside procedures, after operations, and of patients who are said to be new."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from models.documents.coding_case import PastService
from models.documents.finding import Severity
from revcycle.rules.coding.global_period import check_global_period
from revcycle.rules.coding.seen_before import check_new_patients
from revcycle.rules.coding.visit_modifiers import check_visit_modifiers
from tests.unit.rules.coding.service_cases import (
    DAY,
    ERROR,
    PROVIDER,
    WARNING,
    a_case,
    a_service,
    earlier,
    grave,
    known,
)

FACTS = {
    "69210": known(global_days="000"),
    "11200": known(global_days="010"),
    "27447": known(global_days="090"),
    "93000": known(global_days="XXX"),
}


@pytest.mark.parametrize(
    ("visit", "procedure", "is_found"),
    [
        pytest.param(("99213",), "69210", True, id="a-minor-procedure-needs-25"),
        pytest.param(("99213", "25"), "69210", False, id="with-25"),
        pytest.param(("99213",), "11200", True, id="ten-days-need-25"),
        pytest.param(("99213", "25"), "27447", True, id="a-major-one-needs-57"),
        pytest.param(("99213", "57"), "27447", False, id="with-57"),
        pytest.param(("99213",), "93000", False, id="a-test-has-no-package"),
        pytest.param(("99213",), "00001", False, id="nothing-known"),
        pytest.param(("99024",), "69210", False, id="a-visit-that-nobody-pays"),
    ],
)
def test_a_visit_on_the_day_of_a_procedure(
    visit: tuple[str, ...],
    procedure: str,
    is_found: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    case = a_case(a_service(*visit), a_service(procedure), procedures=FACTS)
    found = check_visit_modifiers(case)
    assert grave(found) == ([(ERROR, "services[1].modifiers")] if is_found else [])


@pytest.mark.parametrize(
    ("procedure", "days", "is_found"),
    [
        pytest.param("27447", -1, True, id="the-day-before-a-major-one"),
        pytest.param("27447", -2, False, id="two-days-before"),
        pytest.param("69210", -1, False, id="the-day-before-a-minor-one"),
        pytest.param("69210", 0, True, id="another-encounter-of-the-day"),
    ],
)
def test_a_procedure_at_another_encounter(procedure: str, days: int, is_found: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    case = a_case(a_service("99213"), past=[earlier(procedure, days=days)], procedures=FACTS)
    assert bool(check_visit_modifiers(case)) is is_found


@pytest.mark.parametrize(
    ("service", "past", "is_found"),
    [
        pytest.param(("99213",), earlier("11200", days=10), True, id="the-tenth-day-counts"),
        pytest.param(("99213",), earlier("11200", days=11), False, id="the-eleventh-is-free"),
        pytest.param(("99213",), earlier("27447", days=90), True, id="the-ninetieth-day-counts"),
        pytest.param(("99213",), earlier("27447", days=91), False, id="the-ninety-first-is-free"),
        pytest.param(("99213",), earlier("69210", days=1), False, id="zero-days-end-at-once"),
        pytest.param(("99213", "24"), earlier("27447", days=5), False, id="unrelated-visit"),
        pytest.param(("99024",), earlier("27447", days=5), False, id="the-visit-of-the-package"),
        pytest.param(("69210",), earlier("27447", days=5), True, id="another-procedure"),
        pytest.param(("69210", "79"), earlier("27447", days=5), False, id="unrelated-procedure"),
        pytest.param(("69210", "58"), earlier("27447", days=5), False, id="planned-procedure"),
        pytest.param(("93000",), earlier("27447", days=5), False, id="a-test-is-no-operation"),
        pytest.param(("99213",), earlier("27447", "80", days=5), False, id="the-assistant"),
        pytest.param(("99213",), earlier("27447", "54", days=5), False, id="operation-only"),
        pytest.param(("99213",), earlier("27447", days=5, by=uuid4()), False, id="another-one"),
    ],
)
def test_the_global_period(
    service: tuple[str, ...],
    past: PastService,
    is_found: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    case = a_case(a_service(*service), past=[past], procedures=FACTS)
    found = check_global_period(case)
    assert grave(found) == ([(ERROR, "services[1].modifiers")] if is_found else [])


def on(day: date, code: str = "99213", by: UUID = PROVIDER) -> PastService:
    return earlier(code, days=(DAY - day).days, by=by)


@pytest.mark.parametrize(
    ("code", "past", "expected"),
    [
        pytest.param("99203", on(date(2026, 1, 5)), [ERROR], id="seen-this-year"),
        pytest.param("99203", on(date(2023, 11, 19)), [ERROR], id="a-day-within-three-years"),
        pytest.param("99203", on(date(2023, 11, 18)), [], id="three-years-ago"),
        pytest.param("99203", on(date(2026, 1, 5), by=uuid4()), [WARNING], id="by-a-colleague"),
        pytest.param("99203", on(date(2026, 1, 5), "80053"), [], id="laboratory-only"),
        pytest.param("99203", on(date(2026, 1, 5), "36415"), [], id="blood-draw-only"),
        pytest.param("99203", on(date(2026, 1, 5), "99451"), [], id="asked-by-a-colleague-only"),
        pytest.param("99385", on(date(2026, 1, 5)), [ERROR], id="first-well-visit"),
        pytest.param("99213", on(date(2026, 1, 5)), [], id="an-established-visit"),
        pytest.param("99203", on(DAY), [], id="the-day-itself"),
    ],
)
def test_new_patients(code: str, past: PastService, expected: list[Severity]) -> None:
    findings = check_new_patients(a_case(a_service(code), past=[past]))
    assert [one.severity for one in findings] == expected


def test_the_same_provider_is_named_before_a_later_colleague() -> None:
    past = [on(date(2026, 10, 1), by=uuid4()), on(date(2025, 1, 1))]
    assert [one.severity for one in check_new_patients(a_case(a_service("99203"), past=past))] == [
        ERROR
    ]
