"""Where a payer's decision differs from the contract, and why as far as arithmetic shows it."""

from datetime import date
from decimal import Decimal

import pytest

from models.documents.claim import Adjustment
from models.documents.contract import (
    ContractService,
    Expectation,
    JudgedService,
    LineDifference,
)
from models.values.money import ZERO, Money
from revcycle.rules.contracts.allowed import allowed_of, is_left_to_denials
from revcycle.rules.contracts.compare_claim import compare_claim
from revcycle.rules.contracts.price_claim import Pricer, tolerance_of
from tests.unit.rules.contracts.contract_examples import a_fee, a_pricer, a_service
from tests.unit.rules.contracts.test_price_claim import THREE, numbered


def said_of(
    service: ContractService,
    allowed: str,
    *others: tuple[str, str, str],
    code: str = "",
) -> JudgedService:
    """Judge a line: allowed is paid, the rest is the contract's, unless others are said."""
    amount = Money.parse(allowed)
    adjustments = [Adjustment("CO", "45", service.charge - amount)] if not others else []
    adjustments += [Adjustment(group, reason, Money.parse(of)) for group, reason, of in others]
    paid = amount if not others else ZERO
    return JudgedService(
        service.claim_line_id,
        code or service.code,
        service.charge,
        paid,
        amount,
        tuple(adjustments),
    )


def compare(
    pricer: Pricer, lines: list[ContractService], *said: JudgedService
) -> tuple[LineDifference, ...]:
    """Price a claim, and hold a decision against it."""
    expected = {
        price.claim_line_id: Expectation(
            lines[0].claim_id,
            price.claim_line_id,
            price.amount,
            price.arithmetic,
            tolerance_of(price),
            price.term.key if price.term else "",
            "v1",
        )
        for price in pricer.price_claim(lines)
    }
    return compare_claim(lines, expected, said, pricer)


def test_what_is_as_agreed_is_no_difference() -> None:
    line = a_service()
    assert compare(a_pricer(a_fee("92.00")), [line], said_of(line, "92.00")) == ()


@pytest.mark.parametrize(("allowed", "count"), [("91.95", 0), ("91.94", 1), ("92.05", 0)])
def test_a_difference_up_to_the_tolerance_is_none(allowed: str, count: int) -> None:
    line = a_service()
    pricer = a_pricer(a_fee("92.00", tolerance=Money(5)))
    assert len(compare(pricer, [line], said_of(line, allowed))) == count


def test_too_little_and_too_much_are_both_told_with_the_part() -> None:
    lines = numbered(a_service("99213"), a_service("80053"))
    pricer = a_pricer(a_fee("100.00"))
    found = compare(pricer, lines, said_of(lines[0], "90.00"), said_of(lines[1], "120.00"))
    assert [(one.reason, one.shortfall) for one in found] == [
        ("variance.below_contract", Money(1_000)),
        ("variance.above_contract", Money(-2_000)),
    ]
    assert (
        found[0].arithmetic == "fee 100.00 = 100.00; allowed 90.00: that is 90.0 % of what the "
        "contract says"
    )


def test_the_price_of_an_earlier_year_is_recognized() -> None:
    old = a_fee("88.00", 2, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    line = a_service()
    (found,) = compare(a_pricer(old, a_fee("92.00", 3)), [line], said_of(line, "88.00"))
    assert found.reason == "variance.other_term"
    assert "2025-01-01 to 2025-12-31 (line 2)" in found.arithmetic


def test_an_ignored_modifier_is_recognized() -> None:
    line = a_service("20610", modifiers=("25",))
    pricer = a_pricer(a_fee("100.00", 2), a_fee("130.00", 3, modifier="25"))
    (found,) = compare(pricer, [line], said_of(line, "100.00"))
    assert found.reason == "variance.modifier_ignored"


def test_one_unit_of_several_is_recognized() -> None:
    line = a_service("97110", units=Decimal(3))
    (found,) = compare(a_pricer(a_fee("30.00")), [line], said_of(line, "30.00"))
    assert found.reason == "variance.units"


def test_a_reduction_that_no_term_knows_is_recognized() -> None:
    lines = numbered(a_service("11042", "400.00"), a_service("17110", "400.00"))
    pricer = a_pricer(a_fee("100.00"))
    (found,) = compare(pricer, lines, said_of(lines[0], "100.00"), said_of(lines[1], "50.00"))
    assert found.reason == "variance.multiple_procedure"


def test_a_reduction_that_was_left_out_is_recognized() -> None:
    lines = numbered(a_service("11042", "400.00"), a_service("17110", "400.00"))
    pricer = a_pricer(a_fee("100.00", multiple=THREE))
    (found,) = compare(pricer, lines, said_of(lines[0], "100.00"), said_of(lines[1], "100.00"))
    assert (found.reason, found.shortfall) == ("variance.no_reduction", Money(-5_000))


def test_another_code_than_was_billed_is_recognized() -> None:
    line = a_service("99214")
    (found,) = compare(a_pricer(a_fee("130.00")), [line], said_of(line, "92.00", code="99213"))
    assert found.reason == "variance.changed_code"


def test_lines_the_contract_does_not_speak_of_are_left_out() -> None:
    line = a_service()
    assert compare(a_pricer(a_fee("92.00", codes="80053")), [line], said_of(line, "1.00")) == ()


def test_a_denied_line_is_left_to_its_denial() -> None:
    line = a_service(charge="155.00")
    said = said_of(line, "0.00", ("CO", "197", "155.00"))
    assert is_left_to_denials(said)
    assert compare(a_pricer(a_fee("92.00")), [line], said) == ()


def test_what_a_payer_split_is_added_up() -> None:
    line = a_service()
    parts = said_of(line, "40.00"), said_of(line, "52.00")
    assert compare(a_pricer(a_fee("92.00")), [line], *parts) == ()


def test_the_parts_of_a_split_line_are_shown_with_their_sum() -> None:
    line = a_service()
    (found,) = compare(
        a_pricer(a_fee("92.00")), [line], said_of(line, "40.00"), said_of(line, "42.00")
    )
    assert (found.claim_line_id, found.shortfall) == (line.claim_line_id, Money(1_000))
    assert "allowed 40.00 + 42.00 = 82.00: that is 89.1 %" in found.arithmetic


def test_merged_lines_are_held_against_their_sum() -> None:
    lines = numbered(a_service("80053", "48.00"), a_service("80061", "52.00"))
    merged = JudgedService(None, "80050", Money(10_000), Money(2_500), Money(2_500), ())
    (found,) = compare(a_pricer(a_fee("20.00")), lines, merged)
    assert (found.reason, found.claim_line_id) == ("variance.merged_lines", None)
    assert found.shortfall == Money(1_500)
    assert found.arithmetic == (
        "80053 and 80061 should bring 20.00 + 20.00 = 40.00 together; "
        "the payer judged them as one 80050 and allowed 25.00"
    )


def merged_of(
    lines: list[ContractService], allowed: str, *, own: ContractService | None = None
) -> JudgedService:
    """Judge lines as one service, under the number of one of them if it is given."""
    charge = Money(sum(one.charge.cents for one in lines))
    amount = Money.parse(allowed)
    return JudgedService(
        own.claim_line_id if own else None, lines[0].code, charge, amount, amount, ()
    )


def test_lines_beside_merged_ones_are_compared_alone() -> None:
    lines = numbered(
        a_service("80053", "48.00"), a_service("80053", "52.00"), a_service("99213", "155.00")
    )
    pricer = a_pricer(a_fee("20.00", 2, codes="80053"), a_fee("92.00", 3, codes="99213"))
    assert compare(pricer, lines, merged_of(lines[:2], "40.00"), said_of(lines[2], "92.00")) == ()
    found = compare(pricer, lines, merged_of(lines[:2], "30.00"), said_of(lines[2], "90.00"))
    assert [(one.claim_line_id, one.shortfall) for one in found] == [
        (None, Money(1_000)),
        (lines[2].claim_line_id, Money(200)),
    ]


def test_a_line_without_a_price_does_not_hide_what_lines_judged_as_one_lack() -> None:
    lines = numbered(
        a_service("80053", "48.00"), a_service("80053", "52.00"), a_service("99213", "155.00")
    )
    pricer = a_pricer(a_fee("20.00", 2, codes="80053"))
    (found,) = compare(pricer, lines, merged_of(lines[:2], "30.00"), said_of(lines[2], "1.00"))
    assert found.shortfall == Money(1_000)


def test_lines_merged_under_the_number_of_one_of_them_are_not_taken_for_that_one_alone() -> None:
    lines = numbered(a_service("80053", "48.00"), a_service("80053", "52.00"))
    said = merged_of(lines, "40.00", own=lines[0])
    assert compare(a_pricer(a_fee("20.00")), lines, said) == ()


def test_merged_lines_with_a_denied_part_are_left_to_the_denial() -> None:
    lines = numbered(a_service("80053", "48.00"), a_service("80061", "52.00"))
    denied = (Adjustment("CO", "197", Money(10_000)),)
    merged = JudgedService(None, "80050", Money(10_000), ZERO, ZERO, denied)
    assert compare(a_pricer(a_fee("20.00")), lines, merged) == ()


def test_services_of_nobody_knows_which_lines_are_held_against_the_whole_claim() -> None:
    lines = numbered(a_service("80053", "48.00"), a_service("80061", "52.00"))
    others = [
        JudgedService(None, code, Money(5_000), Money(amount), Money(amount), ())
        for code, amount in (("80050", 1_500), ("80048", 1_500))
    ]
    (found,) = compare(a_pricer(a_fee("20.00")), lines, *others)
    assert (found.reason, found.shortfall) == ("variance.merged_lines", Money(1_000))


def test_allowed_is_what_the_payer_says_before_what_adds_up() -> None:
    said = said_of(a_service(), "92.00", ("PR", "2", "10.00"))
    assert allowed_of(said) == Money(9_200)


def test_without_its_word_allowed_is_payment_share_and_what_is_held_back() -> None:
    """X12 005010X221A1, loop 2110: paid 70, deductible 10, coinsurance 10, sequestration 1.43."""
    adjustments = (
        Adjustment("PR", "1", Money(1_000)),
        Adjustment("PR", "2", Money(1_000)),
        Adjustment("CO", "253", Money(143)),
        Adjustment("CO", "45", Money(5_000)),
        Adjustment("PR", "204", Money(777)),
    )
    said = JudgedService(None, "99213", Money(14_920), Money(7_000), None, adjustments)
    assert allowed_of(said) == Money(9_143)
