"""Which limits of visits a payer's answer names."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.documents.eligibility import (
    Benefit,
    EligibilityAnswer,
    EligibilityDate,
    ServiceDelivery,
)
from models.documents.inquiry import Procedure, StatedDate
from models.documents.party import Reference
from revcycle.rules.verification.told_limits import ToldLimit, list_told_limits

DAY = date(2026, 11, 18)
ACTIVE = Benefit("1", service_type_codes=("30",))
WHOLE = Benefit(
    "F", service_type_codes=("PT",), period="23", quantity_kind="VS", quantity=Decimal(20)
)
LEFT = replace(WHOLE, period="29", quantity=Decimal(3))
NUMBER = (Reference("G1", "A-77"),)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def limits(*benefits: Benefit) -> tuple[ToldLimit, ...]:
    answer = EligibilityAnswer("T1", "BHHP1", benefits=(ACTIVE, *benefits))
    return list_told_limits(answer, service_date=DAY)


def test_visits_of_a_year_are_the_whole_of_the_calendar_year() -> None:
    assert limits(WHOLE) == (ToldLimit("", "PT", "97010-97799", 20, None, *YEAR),)


def test_what_is_left_wins_and_is_counted_from_the_day_asked_about() -> None:
    left = ToldLimit("", "PT", "97010-97799", 3, DAY, None, None)
    assert limits(WHOLE, LEFT) == limits(LEFT, WHOLE) == (left,)


def test_an_authorization_has_its_number_codes_and_days() -> None:
    benefit = Benefit(
        "1",
        references=NUMBER,
        procedure=Procedure("HC", "97110", last_code="97150"),
        deliveries=(ServiceDelivery("VS", Decimal(12)),),
        dates=(StatedDate(EligibilityDate.CERTIFIED, date(2026, 11, 1), date(2027, 1, 31)),),
    )
    assert limits(benefit) == (
        ToldLimit(
            "A-77", "97110-97150", "97110-97150", 12, None, date(2026, 11, 1), date(2027, 1, 31)
        ),
    )


@pytest.mark.parametrize(
    "benefit",
    [
        pytest.param(replace(WHOLE, service_type_codes=("30",)), id="of-the-plan-as-a-whole"),
        pytest.param(replace(WHOLE, in_network="N"), id="outside-of-the-network"),
        pytest.param(replace(WHOLE, quantity_kind="DY"), id="days-and-no-visits"),
        pytest.param(replace(WHOLE, kind="1"), id="no-limitation-and-no-number"),
        pytest.param(replace(WHOLE, quantity=Decimal(-1)), id="less-than-none"),
        pytest.param(replace(WHOLE, quantity=Decimal(99999)), id="more-than-anybody-has"),
        pytest.param(
            replace(WHOLE, quantity=None, deliveries=(ServiceDelivery("VS", Decimal(3), "WK"),)),
            id="so-many-a-week",
        ),
        pytest.param(
            replace(WHOLE, service_type_codes=(), procedure=Procedure("HC", "'; DROP")),
            id="a-procedure-that-is-none",
        ),
        pytest.param(
            replace(WHOLE, dates=(StatedDate(EligibilityDate.BENEFIT, DAY, date(2026, 1, 1)),)),
            id="a-period-that-ends-before-it-begins",
        ),
    ],
)
def test_what_nobody_could_count_is_left_out(benefit: Benefit) -> None:
    assert limits(benefit) == ()


def test_a_number_that_fits_on_no_claim_is_none() -> None:
    benefit = replace(WHOLE, references=(Reference("G1", "X" * 51),))
    assert [one.number for one in limits(benefit)] == [""]
