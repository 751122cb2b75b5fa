"""What a line should bring, to the cent, with the arithmetic."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.contract import (
    ContractService,
    ContractTerm,
    ExpectedPrice,
    MpfsAmount,
    PriceMethod,
)
from models.values.money import Money
from revcycle.rules.contracts.price_claim import tolerance_of
from tests.unit.rules.contracts.contract_examples import (
    a_fee,
    a_pricer,
    a_service,
    a_term,
    prices,
)

THREE = (Decimal(100), Decimal(50), Decimal(50))
BOTH = Decimal(150)


def numbered(*services: ContractService) -> list[ContractService]:
    """Put services on one claim, as lines 1, 2, 3 ..."""
    return [replace(one, number=number) for number, one in enumerate(services, start=1)]


def test_a_fee_counts_for_each_unit() -> None:
    service = a_service("97110", units=Decimal(3))
    assert prices(a_pricer(a_fee("31.20")), service) == ["93.60"]


def test_a_case_rate_counts_once() -> None:
    term = a_term(method=PriceMethod.CASE_RATE, rate=Decimal("800.00"))
    assert prices(a_pricer(term), a_service("93458", units=Decimal(2))) == ["800.00"]


def test_a_rate_of_a_drug_is_rounded_once_over_all_units() -> None:
    term = a_term(method=PriceMethod.PER_UNIT, rate=Decimal("0.1234"))
    assert prices(a_pricer(term), a_service("J1100", units=Decimal(37))) == ["4.57"]


def test_a_percentage_of_the_charge_is_rounded_half_up() -> None:
    assert prices(a_pricer(a_term(rate=Decimal(50))), a_service(charge="0.01")) == ["0.01"]


@pytest.mark.parametrize(("place", "expected"), [("11", "99.00"), ("22", "66.00")])
def test_medicares_amount_depends_on_the_place(place: str, expected: str) -> None:
    """CMS, Medicare Claims Processing Manual, chapter 12, section 20.4.2."""
    term = a_term(
        method=PriceMethod.PERCENT_OF_MPFS, rate=Decimal(110), mpfs_year=2026, mpfs_locality="01"
    )
    mpfs = {("99213", "", 2026, "01"): MpfsAmount(Money(9_000), Money(6_000))}
    (found,) = a_pricer(term, mpfs=mpfs).price_claim([a_service(place_of_service=place)])
    assert str(found.amount) == expected
    assert "MPFS 2026 of locality 01" in found.arithmetic


def test_the_part_of_a_modifier_stands_in_the_schedule_under_it() -> None:
    term = a_term(
        method=PriceMethod.PERCENT_OF_MPFS, rate=Decimal(100), mpfs_year=2026, mpfs_locality="01"
    )
    mpfs = {
        ("93306", "", 2026, "01"): MpfsAmount(Money(20_000), Money(20_000)),
        ("93306", "26", 2026, "01"): MpfsAmount(Money(7_000), Money(7_000)),
    }
    service = a_service("93306", modifiers=("59", "26"))
    assert prices(a_pricer(term, mpfs=mpfs), service) == ["70.00"]


def test_a_code_the_schedule_lacks_is_said_and_not_guessed() -> None:
    term = a_term(method=PriceMethod.PERCENT_OF_MPFS, mpfs_year=2026, mpfs_locality="01")
    (found,) = a_pricer(term).price_claim([a_service()])
    assert found.amount is None
    assert found.arithmetic == "MPFS 2026 of locality 01 has no amount of 99213"


def test_without_a_term_the_reason_names_code_and_day() -> None:
    (found,) = a_pricer().price_claim([a_service()])
    assert found.arithmetic == "no term covers 99213 on 2026-10-05"


def test_lesser_of_takes_the_charge_when_it_is_lower() -> None:
    pricer = a_pricer(a_fee("200.00", is_lesser_of_charge=True))
    (found,) = pricer.price_claim([a_service(charge="155.00")])
    assert found.amount == Money(15_500)
    assert found.arithmetic == "fee 200.00 = 200.00; the charge 155.00 is lower"


def test_procedures_of_a_day_are_reduced_by_rank_of_their_value() -> None:
    """CMS, Medicare Claims Processing Manual, chapter 12, section 40.6."""
    pricer = a_pricer(
        a_fee("100.00", 2, codes="11042", multiple=THREE),
        a_fee("300.00", 3, codes="20610", multiple=THREE),
        a_fee("200.00", 4, codes="17110", multiple=THREE),
        a_fee("90.00", 5, codes="99213"),
    )
    lines = numbered(a_service("11042"), a_service("20610"), a_service("17110"), a_service("99213"))
    assert prices(pricer, *lines) == ["50.00", "300.00", "100.00", "90.00"]


def test_a_procedure_of_another_day_has_its_own_rank() -> None:
    pricer = a_pricer(a_fee("100.00", multiple=THREE))
    first = a_service("11042")
    later = a_service("11042", service_date=first.service_date.replace(day=6))
    assert prices(pricer, *numbered(first, later)) == ["100.00", "100.00"]


def test_procedures_of_equal_value_keep_the_order_of_their_lines() -> None:
    pricer = a_pricer(a_fee("100.01", multiple=THREE))
    assert prices(pricer, *numbered(a_service("11042"), a_service("17110"))) == ["100.01", "50.01"]


@pytest.mark.parametrize(("indicator", "second"), [("2", "50.00"), ("0", "100.00")])
def test_the_schedule_says_which_codes_are_reduced(indicator: str, second: str) -> None:
    term = a_term(
        method=PriceMethod.PERCENT_OF_MPFS,
        rate=Decimal(100),
        mpfs_year=2026,
        mpfs_locality="01",
        has_multiple_of_mpfs=True,
    )
    amount = MpfsAmount(Money(10_000), Money(10_000), multiple_indicator=indicator)
    mpfs = {(code, "", 2026, "01"): amount for code in ("11042", "17110")}
    lines = numbered(a_service("11042"), a_service("17110"))
    assert prices(a_pricer(term, mpfs=mpfs), *lines) == ["100.00", second]


def test_modifier_50_brings_both_sides() -> None:
    """CMS, Medicare Claims Processing Manual, chapter 12, section 40.7."""
    pricer = a_pricer(a_fee("100.00", bilateral=BOTH))
    assert prices(pricer, a_service("20610", modifiers=("50",))) == ["150.00"]


def test_a_right_and_a_left_line_bring_together_what_modifier_50_brings() -> None:
    pricer = a_pricer(a_fee("100.00", bilateral=BOTH))
    sides = numbered(a_service("20610", modifiers=("LT",)), a_service("20610", modifiers=("RT",)))
    assert prices(pricer, *sides) == ["100.00", "50.00"]


def test_both_sides_are_one_procedure_among_several() -> None:
    pricer = a_pricer(
        a_fee("100.00", 2, codes="20610", bilateral=BOTH, multiple=THREE),
        a_fee("120.00", 3, codes="11042", multiple=THREE),
    )
    lines = numbered(
        a_service("20610", modifiers=("LT",)),
        a_service("20610", modifiers=("RT",)),
        a_service("11042"),
    )
    assert prices(pricer, *lines) == ["100.00", "50.00", "60.00"]


def test_without_a_rule_modifier_50_changes_nothing() -> None:
    assert prices(a_pricer(a_fee("100.00")), a_service(modifiers=("50",))) == ["100.00"]


def test_the_larger_of_both_tolerances_counts() -> None:
    term = a_fee("100.00", tolerance=Money(5), tolerance_percent=Decimal(1))
    (price,) = a_pricer(term).price_claim([a_service()])
    assert tolerance_of(price) == Money(100)


CODES = ("11042", "17110", "20610", "99213")
services = st.lists(
    st.builds(
        lambda code, cents, units: a_service(
            code, charge=f"{cents // 100}.{cents % 100:02d}", units=Decimal(units)
        ),
        st.sampled_from(CODES),
        st.integers(1, 500_000),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=8,
).map(lambda found: numbered(*found))
terms = st.lists(
    st.builds(
        lambda code, method, rate: (code, method, Decimal(rate) / 4),
        st.sampled_from(CODES),
        st.sampled_from([PriceMethod.FEE, PriceMethod.CASE_RATE, PriceMethod.PERCENT_OF_CHARGE]),
        st.integers(0, 40_000),
    ),
    max_size=4,
    unique_by=lambda term: term[0],
)
Drawn = list[tuple[str, PriceMethod, Decimal]]


def book_of(drawn: Drawn, **every: object) -> list[ContractTerm]:
    """Make terms of what was drawn, each with what all have."""
    return [
        a_term(line, codes=code, method=method, rate=rate, **every)
        for line, (code, method, rate) in enumerate(drawn, start=2)
    ]


def together(found: Sequence[ExpectedPrice]) -> int:
    """Add up what is known, in cents."""
    return sum(one.amount.cents for one in found if one.amount)


@given(lines=services, drawn=terms, seed=st.randoms(use_true_random=False))
def test_without_a_rule_by_rank_the_order_of_lines_changes_no_price(
    lines: list[ContractService], drawn: Drawn, seed: Random
) -> None:
    pricer = a_pricer(*book_of(drawn))
    shuffled = list(lines)
    seed.shuffle(shuffled)
    by_line = {one.claim_line_id: one.amount for one in pricer.price_claim(lines)}
    assert {one.claim_line_id: one.amount for one in pricer.price_claim(shuffled)} == by_line


@given(lines=services, drawn=terms)
def test_a_rule_by_rank_never_raises_a_price_and_never_lowers_the_first(
    lines: list[ContractService], drawn: Drawn
) -> None:
    plain = a_pricer(*book_of(drawn)).price_claim(lines)
    reduced = a_pricer(*book_of(drawn, multiple=THREE)).price_claim(lines)
    assert together(reduced) <= together(plain)
    known = [one.amount.cents for one in plain if one.amount]
    if known:
        assert max(known) in [one.amount.cents for one in reduced if one.amount]


@given(lines=services, drawn=terms)
def test_lesser_of_is_never_above_the_charge_and_never_above_the_term(
    lines: list[ContractService], drawn: Drawn
) -> None:
    plain = a_pricer(*book_of(drawn)).price_claim(lines)
    lesser = a_pricer(*book_of(drawn, is_lesser_of_charge=True)).price_claim(lines)
    for service, before, after in zip(lines, plain, lesser, strict=True):
        assert (before.amount is None) is (after.amount is None)
        if before.amount is not None and after.amount is not None:
            assert after.amount == min(before.amount, service.charge)
