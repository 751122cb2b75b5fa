"""What payers authorized, and what visits leave of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.authorization import Authorization, DoneService, Visit
from models.documents.coding_case import AuthorizationFacts
from models.documents.finding import Severity
from models.values.authorized import Counted
from revcycle.rules.coding.authorized_procedures import covers_procedure, read_procedures
from revcycle.rules.coding.authorized_visits import check_authorized_visits
from revcycle.rules.coding.used_visits import count_used, judge_authorizations
from revcycle.rules.coding.visit_limits import check_visit_limits
from tests.unit.rules.coding.service_cases import a_case, a_service

PATIENT, PAYER, OTHER_PAYER = (UUID(int=number) for number in (1, 2, 3))
FIRST = date(2026, 11, 2)
BILLED, CODED, WITH_CODER = 0, 1, 2


def allowed(number: str = "A-77", count: int = 3, **changes: Any) -> Authorization:
    authorization = Authorization(
        id=UUID(int=9),
        patient_id=PATIENT,
        payer_id=PAYER,
        number=number,
        allowed=count,
        procedures="97110-97150",
        valid_from=FIRST,
        valid_to=FIRST + timedelta(days=60),
    )
    return replace(authorization, **changes)


def a_visit(
    nth: int, *, day: int | None = None, code: str = "97110", units: str = "1", **changes: Any
) -> Visit:
    """Return a visit with an id and, unless another is given, so many days in."""
    on = FIRST + timedelta(days=nth if day is None else day)
    service = DoneService(code, on, Decimal(units))
    return replace(Visit(UUID(int=100 + nth), PAYER, "", CODED, (service,)), **changes)


def facts_of(visit: Visit, *others: Visit, held: Authorization | None = None) -> AuthorizationFacts:
    (facts,) = judge_authorizations([held or allowed()], visit, others)
    return facts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("97110", "97110", id="one-code"),
        pytest.param("97110, 97140 - 97150;97112", "97110,97140-97150,97112", id="codes-and-range"),
        pytest.param("97110 97112", "97110,97112", id="blanks-between"),
        pytest.param("Physical therapy, 97110", "97010-97799,97110", id="a-family-by-its-name"),
        pytest.param("g0283", "G0283", id="small-letters"),
        pytest.param("97110,97110", "97110", id="the-same-twice"),
        pytest.param("", "", id="nothing-is-every-procedure"),
    ],
)
def test_procedures_are_read_as_payers_write_them(written: str, read: str) -> None:
    assert read_procedures(written) == read


@pytest.mark.parametrize("text", ["therapy", "9711", "97150-97110", "97110-", "97110+97112"])
def test_procedures_that_nobody_could_bill_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="procedures are codes such as"):
        read_procedures(text)


def test_too_many_procedures_are_refused() -> None:
    with pytest.raises(ValueError, match="use ranges"):
        read_procedures(",".join(str(code) for code in range(90000, 90100)))


def test_a_range_holds_its_ends_and_what_is_between() -> None:
    codes = ("97109", "97110", "97140", "97150", "97151")
    found = [covers_procedure("97110-97150", code) for code in codes]
    assert found == [False, True, True, True, False]
    assert covers_procedure("", "99213")


def test_visits_before_are_counted_and_this_one_is_needed() -> None:
    facts = facts_of(a_visit(3), a_visit(1), a_visit(2))
    assert (facts.allowed, facts.used, facts.needed, facts.left) == (3, 2, 1, 1)


@pytest.mark.parametrize(
    ("other", "used"),
    [
        pytest.param(a_visit(1), 1, id="a-coded-visit"),
        pytest.param(a_visit(1, code="99213"), 0, id="another-service"),
        pytest.param(a_visit(1, payer_id=OTHER_PAYER), 0, id="billed-to-another-payer"),
        pytest.param(a_visit(1, payer_id=None), 0, id="paid-by-the-patient"),
        pytest.param(a_visit(1, number="B-1"), 0, id="under-another-authorization"),
        pytest.param(a_visit(1, day=-1), 0, id="before-it-began"),
        pytest.param(a_visit(1, day=61), 0, id="after-it-ended"),
        pytest.param(a_visit(1, day=0), 1, id="on-its-first-day"),
        pytest.param(a_visit(9, day=20), 1, id="a-coded-visit-of-a-later-day"),
    ],
)
def test_what_uses_an_authorization(other: Visit, used: int) -> None:
    assert facts_of(a_visit(5, standing=WITH_CODER), other).used == used


def test_two_encounters_of_one_day_are_one_visit() -> None:
    facts = facts_of(a_visit(5, standing=WITH_CODER), a_visit(6, day=5))
    assert (facts.used, facts.needed) == (1, 0)


def test_units_are_added_up_where_units_are_allowed() -> None:
    held = allowed(counts=Counted.UNITS, count=10)
    facts = facts_of(a_visit(2, units="4"), a_visit(1, units="2.5"), held=held)
    assert (facts.used, facts.needed) == (3, 4)


def test_what_the_payer_counted_is_not_counted_again() -> None:
    held = allowed(counted_from=FIRST + timedelta(days=3))
    assert count_used(held, [a_visit(1), a_visit(2), a_visit(3), a_visit(4)]) == 2


def test_of_two_that_want_the_last_visit_the_earlier_gets_it() -> None:
    held = allowed(count=1)
    early, late = a_visit(1, standing=WITH_CODER), a_visit(2, standing=WITH_CODER)
    assert facts_of(early, late, held=held).used == 0
    assert facts_of(late, early, held=held).used == 1


def test_a_visit_on_a_claim_stands_before_an_earlier_one_with_the_coder() -> None:
    late = a_visit(2, standing=BILLED)
    assert facts_of(a_visit(1, standing=WITH_CODER), late, held=allowed(count=1)).left == 0


def test_a_visit_without_a_number_uses_the_one_that_has_room_and_ends_first() -> None:
    full = allowed("FULL", 0)
    late = allowed("LATE", 5, valid_to=FIRST + timedelta(days=90))
    soon = allowed("SOON", 5, valid_to=FIRST + timedelta(days=30))
    (facts,) = judge_authorizations([full, late, soon], a_visit(1), [])
    assert facts.number == "SOON"


def test_a_visit_that_names_a_number_uses_that_one_and_the_limit_of_the_plan() -> None:
    held = [allowed("A"), allowed("B"), allowed("", 20, limit_of="PT")]
    found = judge_authorizations(held, a_visit(1, number="B"), [])
    assert [one.number for one in found] == ["B", ""]


def test_a_number_that_nobody_told_us_is_not_judged() -> None:
    assert judge_authorizations([allowed()], a_visit(1, number="ELSE"), []) == ()


def test_a_number_out_of_its_days_is_said() -> None:
    facts = facts_of(a_visit(1, day=70, number="A-77"))
    (found,) = check_authorized_visits(a_case(a_service("97110"), authorizations=(facts,)))
    assert found.severity is Severity.WARNING
    assert found.message.startswith("authorization A-77 holds from 11/02/2026 until 01/01/2027")


@pytest.mark.parametrize(
    ("used", "expected"),
    [(0, []), (1, []), (2, [Severity.INFO]), (3, [Severity.INFO]), (4, [Severity.ERROR])],
)
def test_few_are_said_and_none_stops_the_claim(used: int, expected: list[Severity]) -> None:
    facts = AuthorizationFacts("A-77", Counted.VISITS, allowed=4, used=used)
    case = a_case(a_service("97110"), authorizations=(facts,))
    assert [one.severity for one in check_authorized_visits(case)] == expected


def test_the_words_name_allowed_used_and_left() -> None:
    facts = AuthorizationFacts("A-77", Counted.VISITS, allowed=12, used=13)
    (found,) = check_authorized_visits(a_case(a_service("97110"), authorizations=(facts,)))
    assert found.field == "prior_authorization"
    assert found.message == (
        "authorization A-77: 12 visits allowed, 13 used, 0 left: ask the payer for more"
    )


def test_more_units_than_are_left_are_too_many() -> None:
    facts = AuthorizationFacts("A-77", Counted.UNITS, allowed=12, used=9, needed=4)
    (found,) = check_authorized_visits(a_case(a_service("97110"), authorizations=(facts,)))
    assert "12 units allowed, 9 used, 3 left, 4 needed" in found.message


def test_a_limit_of_the_plan_warns_for_the_patient_may_pay() -> None:
    facts = AuthorizationFacts("", Counted.VISITS, allowed=20, used=20)
    (found,) = check_authorized_visits(a_case(a_service("97110"), authorizations=(facts,)))
    assert found.severity is Severity.WARNING
    assert "limit of the plan: 20 visits allowed" in found.message


def test_an_authorization_lifts_the_limit_of_a_policy() -> None:
    facts = AuthorizationFacts("A-77", Counted.VISITS, allowed=20, used=2)
    assert check_visit_limits(a_case(a_service("97110"), authorizations=(facts,))) == ()


many_visits = st.lists(
    st.builds(
        a_visit,
        st.integers(1, 40),
        day=st.integers(0, 12),
        units=st.sampled_from(["1", "2", "0.5"]),
        standing=st.sampled_from([BILLED, CODED, WITH_CODER]),
    ),
    max_size=12,
    unique_by=lambda one: one.encounter_id,
)


@given(many_visits, st.integers(0, 6), st.sampled_from(Counted))
def test_whoever_is_asked_first_no_more_pass_than_are_allowed(
    visits: list[Visit], count: int, counts: Counted
) -> None:
    held = allowed(count=count, counts=counts)
    passed = []
    for visit in visits:
        others = [one for one in visits if one is not visit]
        facts = facts_of(visit, *others, held=held)
        assert facts.left >= 0
        assert facts.needed >= 0
        if facts.used + facts.needed <= facts.allowed:
            passed.append(visit)
    assert count_used(held, passed) <= count
