"""How long charges wait for money, and which services a rate is told of."""

from datetime import date, timedelta

import pytest

from models.values.money import ZERO, Money
from revcycle.rules.reports.collection import (
    Collection,
    matured_days,
    recent_first,
)

LAST = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("receivable", "credit", "charged", "tenths"),
    [
        pytest.param(90_000, 0, 90_000, 900, id="nothing was paid"),
        pytest.param(45_000, 0, 90_000, 450, id="half of a quarter's charges is owed"),
        pytest.param(45_000, 5_000, 90_000, 400, id="credits are taken off"),
        pytest.param(0, 0, 90_000, 0, id="everything was paid"),
        pytest.param(10_000, 20_000, 90_000, -100, id="more is to be given back than owed"),
        pytest.param(100, 0, 70_000, 1, id="rounded down to a tenth"),
        pytest.param(50_000, 0, 0, None, id="nothing was charged"),
        pytest.param(50_000, 0, -100, None, id="charges were only taken back"),
    ],
)
def test_days_in_receivables_are_what_is_owed_by_the_charges_of_a_day(
    receivable: int, credit: int, charged: int, tenths: int | None
) -> None:
    figures = Collection(Money(receivable), Money(credit), 90, Money(charged))
    assert figures.days_tenths == tenths


def test_a_young_practice_is_measured_by_the_days_it_has() -> None:
    assert Collection(Money(90_000), ZERO, 9, Money(90_000)).days_tenths == 90


def test_what_contracts_took_off_was_never_to_be_collected() -> None:
    figures = Collection(matured_charged=Money(50_000), matured_reduced=Money(13_500))
    assert figures.matured_net == Money(36_500)


def test_the_days_of_a_rate_are_a_quarter_that_is_old_enough() -> None:
    first, last = matured_days(LAST)
    assert (LAST - last).days == 121
    assert (last - first).days == 89
    assert recent_first(LAST) == LAST - timedelta(days=89)
