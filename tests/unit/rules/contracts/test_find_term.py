"""Of all terms that fit, the most specific one counts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.documents.contract import PriceMethod
from revcycle.rules.contracts.check_ties import check_ties
from revcycle.rules.contracts.code_ranges import is_in_range, overlap, width_of
from tests.unit.rules.contracts.contract_examples import (
    GROUP_NPI,
    RENDERING_NPI,
    a_fee,
    a_pricer,
    a_service,
    a_term,
    prices,
)


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        pytest.param({}, {"codes": "99202-99215"}, id="a range before every code"),
        pytest.param({"codes": "99202-99215"}, {"codes": "99213"}, id="a code before its range"),
        pytest.param({"codes": "99000-99499"}, {"codes": "99202-99215"}, id="a narrower range"),
        pytest.param({}, {"modifier": "25"}, id="a modifier before none"),
        pytest.param({}, {"provider_npi": GROUP_NPI}, id="the group before anybody"),
        pytest.param(
            {"provider_npi": GROUP_NPI}, {"provider_npi": RENDERING_NPI}, id="the one who renders"
        ),
        pytest.param({}, {"plan": "Gold"}, id="a plan before none"),
        pytest.param({}, {"place_of_service": "11"}, id="a place before none"),
        pytest.param({}, {"taxonomy": "207Q00000X"}, id="a specialty before none"),
        pytest.param(
            {"provider_npi": RENDERING_NPI}, {"codes": "99213"}, id="a code before a name"
        ),
        pytest.param({"taxonomy": "207Q00000X"}, {"place_of_service": "11"}, id="place, specialty"),
        pytest.param({"place_of_service": "11"}, {"plan": "Gold"}, id="a plan before a place"),
        pytest.param({"plan": "Gold"}, {"provider_npi": GROUP_NPI}, id="a provider before a plan"),
        pytest.param({"plan": "Gold"}, {"modifier": "25"}, id="a modifier before a plan"),
    ],
)
def test_the_more_specific_term_wins_whatever_its_place_in_the_file(
    weaker: dict[str, Any], stronger: dict[str, Any]
) -> None:
    service = a_service(modifiers=("25",), plan="GOLD")
    weak, strong = a_fee("10.00", 2, **weaker), a_fee("20.00", 3, **stronger)
    assert prices(a_pricer(weak, strong), service) == ["20.00"]
    assert prices(a_pricer(strong, weak), service) == ["20.00"]
    assert check_ties([weak, strong], "contracts.csv") == ()


@pytest.mark.parametrize(
    "other",
    [
        {"payer_key": "commonweal"},
        {"plan": "Silver"},
        {"provider_npi": "1999900123"},
        {"taxonomy": "207RC0000X"},
        {"place_of_service": "22"},
        {"codes": "99214"},
        {"codes": "J0100-J9999"},
        {"modifier": "26"},
        {"valid_from": date(2026, 10, 6)},
        {"valid_to": date(2026, 10, 4)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_term_for_something_else_does_not_count(other: dict[str, Any]) -> None:
    assert prices(a_pricer(a_fee("10.00", **other)), a_service()) == ["-"]


def test_the_first_and_the_last_day_of_a_term_count() -> None:
    day = date(2026, 10, 5)
    assert prices(a_pricer(a_fee("10.00", valid_from=day, valid_to=day)), a_service()) == ["10.00"]


def test_of_two_modifiers_with_terms_the_first_on_the_line_counts() -> None:
    pricer = a_pricer(a_fee("10.00", 2, modifier="26"), a_fee("20.00", 3, modifier="59"))
    assert prices(pricer, a_service(modifiers=("59", "26"))) == ["20.00"]
    assert prices(pricer, a_service(modifiers=("26", "59"))) == ["10.00"]


def test_a_carve_out_takes_a_service_out_of_a_general_rate() -> None:
    pricer = a_pricer(a_term(2), a_term(3, codes="80053", method=PriceMethod.CARVE_OUT))
    assert prices(pricer, a_service("80053"), a_service("99213", number=2)) == ["-", "96.10"]


def test_two_terms_for_one_service_and_day_are_refused_with_both_lines() -> None:
    first = a_fee("10.00", 7, codes="99213", valid_to=date(2026, 6, 30))
    second = a_fee("12.00", 9, codes="99213", valid_from=date(2026, 6, 30))
    (finding,) = check_ties([second, first], "contracts.csv")
    assert finding.position == "contracts.csv line 9"
    assert "line 7" in finding.message


@pytest.mark.parametrize(
    "other",
    [
        {"codes": "99213", "valid_from": date(2026, 7, 1)},
        {"codes": "99214"},
        {"codes": "99213", "plan": "Gold"},
        {"codes": "99213", "payer_key": "commonweal"},
    ],
    ids=["the next period", "another code", "a plan", "another payer"],
)
def test_terms_that_never_meet_do_not_tie(other: dict[str, Any]) -> None:
    first = a_fee("10.00", 7, codes="99213", valid_to=date(2026, 6, 30))
    assert check_ties([first, a_fee("12.00", 9, **other)], "contracts.csv") == ()


def test_ranges_of_one_width_that_overlap_tie() -> None:
    terms = [a_fee("10.00", 2, codes="99200-99210"), a_fee("12.00", 3, codes="99205-99215")]
    assert len(check_ties(terms, "contracts.csv")) == 1


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [
        ("99213", "99202", "99215"),
        ("99215", "99202", "99215"),
        ("J1100", "J0100", "J9999"),
        ("0012F", "0001F", "9999F"),
        ("99213", "", ""),
    ],
)
def test_a_range_holds_the_codes_from_its_first_to_its_last(code: str, low: str, high: str) -> None:
    assert is_in_range(code, low, high)


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [
        ("99216", "99202", "99215"),
        ("01100", "J0100", "J9999"),
        ("00120", "0001F", "9999F"),
    ],
)
def test_a_range_holds_no_code_of_another_shape(code: str, low: str, high: str) -> None:
    assert not is_in_range(code, low, high)


def test_a_range_is_as_wide_as_the_codes_it_may_hold() -> None:
    assert [width_of("99213", "99213"), width_of("99202", "99215")] == [1, 14]
    assert width_of("", "") > width_of("00100", "99999")
    assert overlap(("", ""), ("99213", "99213"))
    assert not overlap(("J0100", "J9999"), ("00100", "09999"))


def test_a_percentage_keeps_its_decimals() -> None:
    assert prices(a_pricer(a_term(rate=Decimal("62.5"))), a_service(charge="0.99")) == ["0.62"]
