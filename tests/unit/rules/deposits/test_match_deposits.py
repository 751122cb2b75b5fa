"""Which remittance explains a deposit, and what a person is asked."""

from datetime import date
from uuid import UUID

import pytest

from models.documents.deposit import (
    BankEntry,
    BankLineKind,
    DepositPair,
    DepositWay,
    OpenDeposit,
    OpenRemittance,
)
from models.values.identifiers import new_id
from models.values.money import ZERO, Money, total
from revcycle.rules.deposits.allocation import allocate_deposits, allocation_gap
from revcycle.rules.deposits.matching import MatchTerms, candidates, choose_pairs, judge_pair
from revcycle.rules.deposits.natural_key import natural_keys
from revcycle.rules.deposits.questions import DepositQuestion, ask_about_deposits

DAY = date(2026, 11, 18)  # a Wednesday
PAYER = "1999999999"
TERMS = MatchTerms()


def a_deposit(
    cents: int,
    trace: str = "",
    payer: str = "",
    *,
    on: date = DAY,
    text: str = "",
    check: str = "",
) -> OpenDeposit:
    """Say what the bank shows."""
    kind = BankLineKind.CHECK if check else BankLineKind.EFT
    return OpenDeposit(new_id(), on, Money(cents), kind, trace, payer, check, text)


def a_payment(
    cents: int,
    trace: str,
    *,
    method: str = "ACH",
    on: date = DAY,
    payer: str = PAYER,
    name: str = "Blue Heron Health Plan",
) -> OpenRemittance:
    """Say what a remittance explains."""
    return OpenRemittance(new_id(), on, Money(cents), method, trace, payer, name)


def ways(
    deposits: list[OpenDeposit], remittances: list[OpenRemittance], terms: MatchTerms = TERMS
) -> list[DepositWay]:
    """Match what needs no person."""
    return [pair.way for pair in choose_pairs(deposits, remittances, terms)]


def test_trace_payer_and_amount_match_without_a_person() -> None:
    assert ways([a_deposit(500, "T1", PAYER)], [a_payment(500, "T1")]) == [
        DepositWay.TRACE_AND_PAYER
    ]


def test_trace_and_amount_match_where_the_bank_names_no_payer() -> None:
    assert ways([a_deposit(500, "0001")], [a_payment(500, "1")]) == [DepositWay.TRACE]


def test_another_payer_with_the_same_number_matches_nothing() -> None:
    assert ways([a_deposit(500, "T1", "1888888888")], [a_payment(500, "T1")]) == []


def test_the_payer_decides_between_two_of_one_number() -> None:
    other = a_payment(500, "T1", payer="1888888888")
    own = a_payment(500, "T1")
    (pair,) = choose_pairs([a_deposit(500, "T1", PAYER)], [other, own], TERMS)
    assert pair.remittance_id == own.id


def test_a_check_of_the_lockbox_matches_by_its_number() -> None:
    deposit = a_deposit(500, check="004711")
    assert ways([deposit], [a_payment(500, "4711", method="CHK")]) == [DepositWay.CHECK_NUMBER]
    assert ways([deposit], [a_payment(500, "4711", method="ACH")]) == []


def test_two_that_fit_are_never_guessed_between() -> None:
    assert ways([a_deposit(500, "T1"), a_deposit(500, "T1")], [a_payment(500, "T1")]) == []
    assert ways([a_deposit(500, "T1")], [a_payment(500, "T1"), a_payment(500, "T1")]) == []


@pytest.mark.parametrize("by_name", [True, False])
def test_a_name_matches_alone_only_where_the_practice_allows_it(*, by_name: bool) -> None:
    deposit = a_deposit(500, text="ORIG BLUE HERON HEALTH DES HCCLAIMPMT")
    found = ways([deposit], [a_payment(500, "T1")], MatchTerms(by_name=by_name))
    assert found == ([DepositWay.NAME] if by_name else [])


@pytest.mark.parametrize(
    ("apart", "fits"), [(5, True), (-5, True), (6, False)], ids=["after", "before", "too far"]
)
def test_a_name_fits_only_near_the_day(apart: int, *, fits: bool) -> None:
    deposit = a_deposit(500, text="BLUE HERON", on=date(2026, 11, 10))
    payment = a_payment(500, "T1", on=date(2026, 11, 10 + apart))
    assert bool(ways([deposit], [payment], MatchTerms(by_name=True))) is fits


def test_a_deposit_with_a_number_of_its_own_is_not_matched_by_name() -> None:
    deposit = a_deposit(500, "T9", text="BLUE HERON")
    assert ways([deposit], [a_payment(500, "T1")], MatchTerms(by_name=True)) == []


def test_a_candidate_says_what_speaks_for_it_and_against() -> None:
    found = judge_pair(a_deposit(88_000, "T1", PAYER), a_payment(88_250, "T1"), TERMS)
    assert found is not None
    assert found.way is None
    assert "same trace number" in found.speaks_for
    assert "2.50 less than it explains" in found.speaks_against


def test_the_best_candidate_stands_first_and_strangers_are_left_out() -> None:
    deposit = a_deposit(500, "T1", text="BLUE HERON")
    same_amount = a_payment(500, "T5", name="Commonweal")
    exact = a_payment(500, "T1")
    stranger = a_payment(900, "T7", name="Commonweal")
    found = candidates(deposit, [same_amount, stranger, exact], TERMS)
    assert [one.remittance for one in found] == [exact, same_amount]


def test_each_half_is_asked_about_after_three_business_days() -> None:
    deposit, payment = a_deposit(500, "T1"), a_payment(700, "T2")
    for today, asked in ((date(2026, 11, 23), False), (date(2026, 11, 24), True)):
        found = ask_about_deposits([deposit], [payment], wait_days=3, today=today)
        assert bool(found.deposits) is asked
        assert bool(found.remittances) is asked
    assert found.deposits[deposit.id][0] is DepositQuestion.NO_REMITTANCE
    assert found.remittances[payment.id][0] is DepositQuestion.NO_DEPOSIT


def test_a_short_deposit_is_one_question_and_at_once() -> None:
    deposit, payment = a_deposit(400, "T1"), a_payment(500, "T1")
    found = ask_about_deposits([deposit], [payment], wait_days=3, today=date(2026, 12, 18))
    question, detail = found.deposits[deposit.id]
    assert question is DepositQuestion.AMOUNT_DIFFERS
    assert detail.startswith("1.00 less")
    assert found.remittances == {}


def test_money_that_went_back_is_asked_about_at_once() -> None:
    deposit = a_deposit(-400, "T1")
    found = ask_about_deposits([deposit], [], wait_days=3, today=DAY)
    assert found.deposits[deposit.id][0] is DepositQuestion.RETURNED


def test_a_remittance_without_payment_waits_for_no_deposit() -> None:
    payment = a_payment(500, "T1", method="NON")
    found = ask_about_deposits([], [payment], wait_days=3, today=date(2027, 1, 1))
    assert found.remittances == {}


def test_the_same_line_of_two_exports_has_one_key_and_equals_have_two() -> None:
    def entry(line: int, reference: str = "R1") -> BankEntry:
        return BankEntry(line, "4321", DAY, Money(500), BankLineKind.EFT, reference=reference)

    monday = natural_keys([entry(4), entry(5), entry(6, "R2")])
    week = natural_keys([entry(9, "R0"), entry(10), entry(11), entry(12, "R2")])
    assert len(set(monday)) == 3
    assert week[1:] == monday


@pytest.mark.parametrize(
    ("deposits", "remittances"),
    [
        ([500], [500]),
        ([500], [200, 300]),
        ([200, 300], [500]),
        ([250, 250], [100, 400]),
        ([500, -100], [400]),
        ([400], [-100, 500]),
        ([500, -100], [300, 100]),
        ([-300], [-100, -200]),
    ],
)
def test_every_cent_of_deposits_and_remittances_finds_its_place(
    deposits: list[int], remittances: list[int]
) -> None:
    lines = [a_deposit(cents) for cents in deposits]
    payments = [a_payment(cents, "T") for cents in remittances]
    pairs = allocate_deposits(lines, payments)
    assert allocation_gap(lines, payments) == ZERO
    for one in lines:
        assert _sum(pairs_amounts(pairs, line=one.id)) == one.amount
    for payment in payments:
        assert _sum(pairs_amounts(pairs, remittance=payment.id)) == payment.amount


def pairs_amounts(
    pairs: list[DepositPair], line: UUID | None = None, remittance: UUID | None = None
) -> list[Money]:
    """Pick the shares of a line or of a remittance."""
    return [
        one.amount for one in pairs if one.bank_line_id == line or one.remittance_id == remittance
    ]


def _sum(amounts: list[Money]) -> Money:
    return total(amounts)
