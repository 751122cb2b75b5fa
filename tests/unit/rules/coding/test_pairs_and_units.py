"""Pairs of procedures, limits of units, add-on codes. Every pair and limit here is synthetic."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.coding import CodedService
from models.documents.coding_case import (
    AddOnFacts,
    CodingCase,
    PastService,
    ProcedureFacts,
    PtpFacts,
    UnitLimitFacts,
)
from models.documents.finding import Severity
from revcycle.rules.coding.add_on_codes import check_add_on_codes
from revcycle.rules.coding.coding_rule import Check
from revcycle.rules.coding.procedure_pairs import check_procedure_pairs
from revcycle.rules.coding.repeated_services import check_repeated_services
from revcycle.rules.coding.unit_limits import check_unit_limits
from tests.unit.rules.coding.service_cases import (
    DAY,
    ERROR,
    WARNING,
    a_case,
    a_pair,
    a_service,
    earlier,
    grave,
    known,
)

# ---- Pairs (NCCI Policy Manual, chapter I) ----


def test_a_pair_that_is_never_paid_together_stops_the_included_one() -> None:
    case = a_case(a_service("A0002"), a_service("A0001", "59"), pairs=(a_pair("A0001", "A0002"),))
    assert grave(check_procedure_pairs(case)) == [(ERROR, "services[1].procedure_code")]


@pytest.mark.parametrize("modifier", ["59", "XE", "XS", "25", "57", "24", "78", "91", "LT", "F3"])
@pytest.mark.parametrize("on_first", [True, False], ids=["on-column-one", "on-column-two"])
def test_a_modifier_on_either_code_lets_a_pair_pass(modifier: str, on_first: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    services = (
        a_service("A0001", *([modifier] if on_first else [])),
        a_service("A0002", *([] if on_first else [modifier])),
    )
    assert check_procedure_pairs(a_case(*services, pairs=(a_pair("A0001", "A0002", 1),))) == ()


@pytest.mark.parametrize("modifier", ["76", "77", "50", "GP", "26"])
def test_other_modifiers_do_not_separate_a_pair(modifier: str) -> None:
    case = a_case(
        a_service("A0001"), a_service("A0002", modifier), pairs=(a_pair("A0001", "A0002", 1),)
    )
    assert grave(check_procedure_pairs(case)) == [(ERROR, "services[2].procedure_code")]


def test_a_pair_of_indicator_nine_was_never_in_force() -> None:
    case = a_case(a_service("A0001"), a_service("A0002"), pairs=(a_pair("A0001", "A0002", 9),))
    assert check_procedure_pairs(case) == ()


@pytest.mark.parametrize(
    ("last", "count"),
    [
        pytest.param(DAY, 1, id="the-last-day-still-counts"),
        pytest.param(DAY - timedelta(days=1), 0, id="the-day-after-is-free"),
    ],
)
def test_the_end_of_a_pair(last: date, count: int) -> None:
    pair = a_pair("A0001", "A0002", deleted_on=last)
    case = a_case(a_service("A0001"), a_service("A0002"), pairs=(pair,))
    assert len(check_procedure_pairs(case)) == count


def test_a_pair_is_not_in_force_before_its_first_day() -> None:
    pair = a_pair("A0001", "A0002", effective_on=DAY + timedelta(days=1))
    case = a_case(a_service("A0001"), a_service("A0002"), pairs=(pair,))
    assert check_procedure_pairs(case) == ()


def test_services_of_two_days_are_no_pair() -> None:
    other_day = a_service("A0002", service_date=DAY - timedelta(days=1))
    case = a_case(a_service("A0001"), other_day, pairs=(a_pair("A0001", "A0002"),))
    assert check_procedure_pairs(case) == ()


def test_another_encounter_of_the_same_provider_and_day_counts() -> None:
    case = a_case(a_service("A0001"), past=[earlier("A0002")], pairs=(a_pair("A0001", "A0002"),))
    findings = check_procedure_pairs(case)
    assert grave(findings) == [(ERROR, "services[1].procedure_code")]
    assert "another encounter of the day" in findings[0].message


@pytest.mark.parametrize(
    "past",
    [
        pytest.param(earlier("A0002", by=uuid4()), id="another-provider"),
        pytest.param(earlier("A0002", days=1), id="the-day-before"),
        pytest.param(earlier("A0002", by=None), id="nobody-named"),
    ],
)
def test_what_others_did_is_no_pair(past: PastService) -> None:
    case = a_case(a_service("A0001"), past=[past], pairs=(a_pair("A0001", "A0002"),))
    assert check_procedure_pairs(case) == ()


CODES = ("A0001", "A0002", "A0003", "A0004")
services = st.builds(
    lambda code, modifiers, units: a_service(code, *modifiers, units=str(units)),
    st.sampled_from(CODES),
    st.lists(st.sampled_from(["59", "LT", "76", "GP"]), max_size=2, unique=True),
    st.integers(1, 9),
)
pairs = st.lists(
    st.builds(a_pair, st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from([0, 1, 9])),
    max_size=4,
).map(tuple)


@given(st.lists(services, min_size=1, max_size=6), pairs, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_change_which_pairs_are_found(
    lines: list[CodedService], found: tuple[PtpFacts, ...], chance: Random
) -> None:
    def named(ordered: list[CodedService]) -> list[str]:
        findings = check_procedure_pairs(a_case(*ordered, pairs=found))
        return sorted(
            ordered[int(one.field[9]) - 1].procedure_code + one.severity for one in findings
        )

    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert named(lines) == named(shuffled)


# ---- Units (medically unlikely edits) ----


def limited(units: int, adjudication: int) -> dict[str, ProcedureFacts]:
    return {"J0001": known(unit_limit=UnitLimitFacts(units, adjudication))}


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param("4", [], id="the-limit-is-allowed"),
        pytest.param("4.5", [(ERROR, "services[1].units")], id="half-a-unit-above"),
        pytest.param("5", [(ERROR, "services[1].units")], id="one-above"),
    ],
)
def test_a_limit_of_a_line(units: str, expected: list[tuple[Severity, str]]) -> None:
    case = a_case(a_service("J0001", units=units), procedures=limited(4, 1))
    assert grave(check_unit_limits(case)) == expected


def test_a_limit_of_a_line_is_not_one_of_a_day() -> None:
    lines = [a_service("J0001", units="4"), a_service("J0001", "76", units="4")]
    assert check_unit_limits(a_case(*lines, procedures=limited(4, 1))) == ()


@pytest.mark.parametrize(("adjudication", "severity"), [(2, ERROR), (3, WARNING)])
def test_a_limit_of_a_day_sums_the_lines(adjudication: int, severity: Severity) -> None:
    lines = [a_service("J0001", units="2"), a_service("J0001", "76", units="3")]
    case = a_case(*lines, procedures=limited(4, adjudication))
    assert grave(check_unit_limits(case)) == [(severity, "services[1].units")]


def test_a_limit_of_a_day_counts_other_encounters_of_the_provider() -> None:
    case = a_case(
        a_service("J0001", units="3"), past=[earlier("J0001", units="2")], procedures=limited(4, 2)
    )
    assert grave(check_unit_limits(case)) == [(ERROR, "services[1].units")]
    of_another = earlier("J0001", units="2", by=uuid4())
    assert (
        check_unit_limits(
            a_case(a_service("J0001", units="3"), past=[of_another], procedures=limited(4, 2))
        )
        == ()
    )


def test_what_is_wrong_elsewhere_only_is_not_said_here() -> None:
    case = a_case(a_service("A0001"), past=[earlier("J0001", units="9")], procedures=limited(4, 2))
    assert check_unit_limits(case) == ()


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
    st.integers(0, 3),
    st.integers(1, 20),
    st.sampled_from([1, 2, 3]),
)
def test_raising_units_never_removes_a_finding(
    units: list[int], which: int, more: int, adjudication: int
) -> None:
    def judge(counts: list[int]) -> set[tuple[Severity, str]]:
        lines = [a_service("J0001", units=str(count)) for count in counts]
        case = a_case(*lines, procedures=limited(8, adjudication))
        return set(grave(check_unit_limits(case)))

    raised = list(units)
    raised[which % len(units)] += more
    assert judge(units) <= judge(raised)


# ---- Add-on codes ----


def add_on(edit_type: int, *primaries: str) -> dict[str, ProcedureFacts]:
    return {"A0009": known(add_on=AddOnFacts(edit_type, frozenset(primaries)))}


@pytest.mark.parametrize(
    ("beside", "facts", "expected"),
    [
        pytest.param(["A0001"], add_on(1, "A0001"), None, id="beside-its-primary"),
        pytest.param([], add_on(1, "A0001"), ERROR, id="alone"),
        pytest.param(["A0002"], add_on(1, "A0001"), ERROR, id="beside-something-else"),
        pytest.param(["A0002"], add_on(2), None, id="the-payer-says-which"),
        pytest.param([], add_on(2), ERROR, id="alone-where-the-payer-says-which"),
        pytest.param(["A0002"], add_on(3, "A0001"), WARNING, id="perhaps-another-primary"),
        pytest.param(["A0001"], add_on(3, "A0001"), None, id="a-listed-one-of-type-three"),
        pytest.param([], add_on(3, "A0001"), ERROR, id="alone-with-type-three"),
    ],
)
def test_an_add_on_needs_its_primary(
    beside: list[str], facts: dict[str, ProcedureFacts], expected: Severity | None
) -> None:
    case = a_case(a_service("A0009"), *map(a_service, beside), procedures=facts)
    assert [one.severity for one in check_add_on_codes(case)] == ([expected] if expected else [])


def test_the_primary_may_stand_at_another_encounter_of_the_day() -> None:
    facts = add_on(1, "A0001")
    case = a_case(a_service("A0009"), past=[earlier("A0001")], procedures=facts)
    assert check_add_on_codes(case) == ()


def test_an_add_on_is_no_primary_of_another() -> None:
    facts = {
        "A0009": known(add_on=AddOnFacts(2, frozenset())),
        "A0008": known(add_on=AddOnFacts(2, frozenset())),
    }
    case = a_case(a_service("A0009"), a_service("A0008"), procedures=facts)
    assert [one.severity for one in check_add_on_codes(case)] == [ERROR, ERROR]


def test_a_list_may_name_an_add_on_as_primary() -> None:
    facts = {
        "A0009": known(add_on=AddOnFacts(1, frozenset({"A0008"}))),
        "A0008": known(add_on=AddOnFacts(1, frozenset({"A0001"}))),
    }
    case = a_case(*map(a_service, ("A0001", "A0008", "A0009")), procedures=facts)
    assert check_add_on_codes(case) == ()


# ---- Duplicates ----


def test_the_same_service_at_another_encounter_of_the_day_is_a_duplicate() -> None:
    case = a_case(a_service("99213"), past=[earlier("99213")])
    assert grave(check_repeated_services(case)) == [(WARNING, "services[1].procedure_code")]


@pytest.mark.parametrize(
    "past",
    [
        pytest.param(earlier("99213", "25"), id="other-modifiers"),
        pytest.param(earlier("99213", days=1), id="the-day-before"),
        pytest.param(earlier("99213", by=uuid4()), id="another-provider"),
    ],
)
def test_what_differs_is_no_duplicate(past: PastService) -> None:
    assert check_repeated_services(a_case(a_service("99213"), past=[past])) == ()


@pytest.mark.parametrize(
    "check", [check_procedure_pairs, check_unit_limits, check_add_on_codes, check_repeated_services]
)
def test_nothing_known_is_nothing_said(check: Check) -> None:
    case = a_case(a_service("A0001", units="99"), a_service("A0002"))
    assert check(case) == ()
    assert isinstance(case, CodingCase)
    assert case.coding.services[0].units == Decimal(99)
