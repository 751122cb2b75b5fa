"""Modifiers of services: which there are, their order, what contradicts, visits, both sides."""

from datetime import date, timedelta

import pytest

from models.documents.coding_case import ProcedureFacts
from models.documents.finding import Severity
from revcycle.rules.coding.both_sides import check_both_sides
from revcycle.rules.coding.modifier_codes import check_modifier_codes
from revcycle.rules.coding.modifier_conflicts import check_modifier_conflicts
from revcycle.rules.coding.modifier_order import check_modifier_order
from revcycle.rules.coding.service_parts import check_service_parts
from tests.unit.rules.coding.service_cases import (
    DAY,
    ERROR,
    WARNING,
    a_case,
    a_service,
    grave,
    known,
)

LISTED = {"GP": ((date(2000, 1, 1), None),), "JG": ((date(2018, 1, 1), DAY),)}
ENDED = {"JG": ((date(2018, 1, 1), DAY - timedelta(days=1)),)}


@pytest.mark.parametrize(
    ("modifier", "listed", "expected"),
    [
        pytest.param("25", None, None, id="a-number-of-cpt"),
        pytest.param("13", None, WARNING, id="no-such-number"),
        pytest.param("GP", None, None, id="no-list-loaded"),
        pytest.param("GP", LISTED, None, id="in-the-list"),
        pytest.param("ZZ", LISTED, WARNING, id="not-in-the-list"),
        pytest.param("JG", LISTED, None, id="its-last-day-still-counts"),
        pytest.param("JG", ENDED, ERROR, id="the-day-after-its-end"),
    ],
)
def test_a_modifier_must_exist_on_the_day(
    modifier: str, listed: object, expected: Severity | None
) -> None:
    findings = check_modifier_codes(a_case(a_service("99213", modifier), modifiers=listed))
    assert [one.severity for one in findings] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("modifiers", "is_found"),
    [
        pytest.param(("26", "LT"), False, id="price-first"),
        pytest.param(("LT", "26"), True, id="side-before-price"),
        pytest.param(("GA", "25", "TC"), True, id="price-last"),
        pytest.param(("25", "26"), False, id="neither-explains"),
        pytest.param(("LT",), False, id="one-alone"),
    ],
)
def test_price_stands_before_explanations(modifiers: tuple[str, ...], is_found: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    findings = check_modifier_order(a_case(a_service("73030", *modifiers)))
    assert bool(findings) is is_found


def test_the_order_is_spelled_out() -> None:
    findings = check_modifier_order(a_case(a_service("73030", "LT", "26")))
    assert "26 LT" in findings[0].message


@pytest.mark.parametrize(
    ("code", "modifiers", "expected"),
    [
        pytest.param("73030", ("50", "LT"), [ERROR], id="both-sides-and-left"),
        pytest.param("73030", ("LT", "RT"), [WARNING], id="left-and-right"),
        pytest.param("73030", ("26", "TC"), [ERROR], id="both-parts"),
        pytest.param("73030", ("76", "77"), [ERROR], id="same-and-other-person"),
        pytest.param("97140", ("59", "XS"), [ERROR], id="59-and-its-subset"),
        pytest.param("97140", ("25",), [ERROR], id="25-on-what-is-no-visit"),
        pytest.param("69210", ("57",), [ERROR], id="57-on-a-procedure"),
        pytest.param("99213", ("25",), [], id="25-on-a-visit"),
        pytest.param("92014", ("25",), [], id="25-on-an-eye-visit"),
        pytest.param("G0439", ("25",), [], id="25-on-a-wellness-visit"),
        pytest.param("97110", ("GP", "59"), [], id="a-usual-pair"),
    ],
)
def test_modifiers_that_contradict(
    code: str, modifiers: tuple[str, ...], expected: list[Severity]
) -> None:
    findings = check_modifier_conflicts(a_case(a_service(code, *modifiers)))
    assert [one.severity for one in findings] == expected


@pytest.mark.parametrize(
    ("indicator", "units", "expected"),
    [
        pytest.param("1", "1", [], id="both-sides-as-one-unit"),
        pytest.param("3", "1", [], id="paid-for-each-side"),
        pytest.param("1", "2", [(ERROR, "services[1].units")], id="two-units-and-50"),
        pytest.param("0", "1", [(ERROR, "services[1].modifiers")], id="no-second-side"),
        pytest.param("2", "1", [(ERROR, "services[1].modifiers")], id="priced-for-both"),
        pytest.param("9", "1", [(ERROR, "services[1].modifiers")], id="no-sides-at-all"),
        pytest.param("", "2", [], id="nothing-known"),
    ],
)
def test_both_sides(indicator: str, units: str, expected: list[tuple[Severity, str]]) -> None:
    facts = {"73030": known(bilateral=indicator)}
    case = a_case(a_service("73030", "50", units=units), procedures=facts)
    assert grave(check_both_sides(case)) == expected


def test_without_modifier_50_nothing_is_said_of_sides() -> None:
    case = a_case(a_service("73030", units="2"), procedures={"73030": known(bilateral="0")})
    assert check_both_sides(case) == ()


@pytest.mark.parametrize(
    ("part", "modifiers", "place", "is_found"),
    [
        pytest.param("1", ("26",), "22", False, id="reading-at-a-hospital"),
        pytest.param("1", (), "22", True, id="the-whole-test-at-a-hospital"),
        pytest.param("1", ("TC",), "23", True, id="technical-part-at-a-hospital"),
        pytest.param("1", (), "11", False, id="the-whole-test-in-the-office"),
        pytest.param("2", ("26",), "11", True, id="reading-only-has-no-parts"),
        pytest.param("0", ("TC",), "11", True, id="a-visit-has-no-parts"),
        pytest.param("4", (), "22", False, id="no-modifier-no-question"),
        pytest.param("5", (), "22", True, id="staff-work-at-a-hospital"),
        pytest.param("6", ("26",), "22", False, id="reading-a-laboratory-test"),
        pytest.param("6", ("TC",), "11", True, id="a-laboratory-test-has-no-technical-part"),
        pytest.param("", ("TC",), "22", False, id="nothing-known"),
    ],
)
def test_parts_of_services(
    part: str,
    modifiers: tuple[str, ...],
    place: str,
    is_found: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    facts: dict[str, ProcedureFacts] = {"93000": known(component=part)}
    case = a_case(a_service("93000", *modifiers), place=place, procedures=facts)
    assert bool(check_service_parts(case)) is is_found
