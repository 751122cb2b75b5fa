"""schedule_amount."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.reference import LocalityDocument, RelativeValueDocument
from models.values.money import Money
from revcycle.rules.contracts.fee_schedule import schedule_amount

VALUE = RelativeValueDocument(
    code="A0001",
    modifier="",
    status="A",
    work=Decimal("1.30"),
    practice_facility=Decimal("0.50"),
    practice_office=Decimal("1.11"),
    malpractice=Decimal("0.10"),
    conversion_factor=Decimal("33.4009"),
    global_days="000",
    multiple_procedure="2",
    bilateral="1",
    assistant="0",
    professional_technical="0",
)
NATION = LocalityDocument("00000", "00", "", "", Decimal(1), Decimal(1), Decimal(1))
SOMEWHERE = LocalityDocument(
    "01234", "05", "XX", "NAME", Decimal("1.019"), Decimal("1.096"), Decimal("0.609")
)


def test_the_amount_is_the_sum_of_indexed_units_times_the_factor() -> None:
    amount = schedule_amount(VALUE, SOMEWHERE)
    # (1.30*1.019 + 1.11*1.096 + 0.10*0.609) * 33.4009 = 86.91...; in a facility 64.58...
    assert amount is not None
    office = (Decimal("1.3247") + Decimal("1.21656") + Decimal("0.0609")) * Decimal("33.4009")
    facility = (Decimal("1.3247") + Decimal("0.548") + Decimal("0.0609")) * Decimal("33.4009")
    assert amount.nonfacility == Money.parse(f"{office:.2f}")
    assert amount.facility == Money.parse(f"{facility:.2f}")
    assert (amount.multiple_indicator, amount.bilateral_indicator) == ("2", "1")


def test_half_a_cent_is_rounded_up_once() -> None:
    half = replace(
        VALUE,
        work=Decimal("0.005"),
        practice_office=Decimal(0),
        practice_facility=Decimal("0.005"),
        malpractice=Decimal(0),
        conversion_factor=Decimal(1),
    )
    amount = schedule_amount(half, NATION)
    assert amount is not None
    assert (amount.nonfacility, amount.facility) == (Money(1), Money(1))


@pytest.mark.parametrize("status", ["B", "C", "I", "J", "N", "P", "X"])
def test_what_the_schedule_does_not_price_has_no_amount(status: str) -> None:
    assert schedule_amount(replace(VALUE, status=status), NATION) is None


def test_without_a_conversion_factor_there_is_no_amount() -> None:
    assert schedule_amount(replace(VALUE, conversion_factor=None), NATION) is None


@given(st.decimals("0", "99", places=2), st.decimals("0.3", "3", places=3))
def test_dearer_places_never_bring_less(units: Decimal, index: Decimal) -> None:
    value = replace(VALUE, work=units)
    cheap, dear = (
        schedule_amount(value, replace(NATION, work=work)) for work in (index, index + 1)
    )
    assert cheap is not None
    assert dear is not None
    assert cheap.nonfacility <= dear.nonfacility
