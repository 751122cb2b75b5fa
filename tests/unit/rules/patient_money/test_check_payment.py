"""What may be written down about a patient's payment."""

from datetime import date
from typing import Any

import pytest

from models.documents.patient_money import PaymentForm, SmallBalancePolicy
from models.states.patient_payment import PaymentMethod
from models.values.money import ZERO, Money
from revcycle.rules.patient_money.check_payment import check_payment, looks_like_card_number
from revcycle.rules.patient_money.small_balance import is_small_balance, policy_on

TODAY = date(2026, 11, 20)


def wrong_fields(**said: Any) -> list[str]:
    form = PaymentForm(
        **{
            "method": PaymentMethod.CASH,
            "amount": Money(2_500),
            "received_on": TODAY,
            "form_key": "k",
            **said,
        }
    )
    return [finding.field for finding in check_payment(form, today=TODAY)]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"method": PaymentMethod.CARD, "reference": "4242"},
        {"method": PaymentMethod.CHECK, "reference": "10-443"},
        {"received_on": date(2025, 11, 19)},
    ],
    ids=["cash", "a card's last four digits", "a check's number", "a year late"],
)
def test_an_ordinary_payment_is_written_down(said: dict[str, Any]) -> None:
    assert wrong_fields(**said) == []


@pytest.mark.parametrize(
    "reference",
    ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "x411111111111"],
    ids=["plain", "spaced", "hyphens", "hidden in letters"],
)
@pytest.mark.parametrize("method", list(PaymentMethod))
def test_a_whole_card_number_is_refused_wherever_it_stands(
    reference: str, method: PaymentMethod
) -> None:
    assert looks_like_card_number(reference)
    assert wrong_fields(method=method, reference=reference) == ["reference"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": ZERO}, "amount"),
        ({"amount": Money(-1)}, "amount"),
        ({"amount": Money(10_000_001)}, "amount"),
        ({"received_on": date(2026, 11, 21)}, "received_on"),
        ({"received_on": date(2025, 11, 18)}, "received_on"),
        ({"reference": "17"}, "reference"),
        ({"method": PaymentMethod.CARD}, "reference"),
        ({"method": PaymentMethod.CARD, "reference": "42422"}, "reference"),
        ({"method": PaymentMethod.CHECK, "reference": "<b>"}, "reference"),
    ],
)
def test_what_cannot_be_is_said_with_its_field(said: dict[str, Any], field: str) -> None:
    assert wrong_fields(**said) == [field]


SMALL = SmallBalancePolicy(date(2026, 1, 1), Money(499), 30)


def test_the_latest_rule_that_has_begun_is_in_force() -> None:
    later = SmallBalancePolicy(date(2026, 11, 20), Money(999), 30)
    assert policy_on([later, SMALL], date(2026, 11, 19)) is SMALL
    assert policy_on([later, SMALL], TODAY) is later
    assert policy_on([SMALL], date(2025, 12, 31)) is None


def is_small(owed: int, *, waits: int = 0, moved_on: date = date(2026, 10, 21)) -> bool:
    return is_small_balance(
        SMALL,
        owed=Money(owed),
        waits_for_payers=Money(waits),
        moved_on=moved_on,
        today=TODAY,
    )


def test_the_limit_itself_is_small_and_a_cent_more_is_asked_for() -> None:
    assert is_small(499)
    assert not is_small(500)
    assert not is_small(0)


def test_nothing_is_given_up_before_payers_decided_or_the_days_are_over() -> None:
    assert not is_small(100, waits=1)
    assert not is_small(100, moved_on=date(2026, 10, 22))
