"""Lines that payers split, merge, repeat or name in their own way."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

from models.documents.claim import Adjustment
from models.documents.posting import PostableClaim, PostableLine, Service
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.remittance_line import AdjustmentShare
from revcycle.rules.posting.claim_level import DecidedLine, split_line
from revcycle.rules.posting.matching import match_claim, match_lines, merged_lines

MONDAY, TUESDAY = date(2026, 10, 5), date(2026, 10, 6)


def ours(number: int, code: str, cents: int, day: date = MONDAY, *modifiers: str) -> PostableLine:
    return PostableLine(
        UUID(int=number), UUID(int=100 + number), number, code, Money(cents), day, modifiers
    )


def a_claim(*lines: PostableLine) -> PostableClaim:
    return PostableClaim(UUID(int=1), None, 1, "payer", lines, asked_rank=1)


def theirs(
    code: str, cents: int, day: date | None = MONDAY, *modifiers: str, number: str = ""
) -> RemittanceLine:
    return RemittanceLine(
        Money(cents),
        ZERO,
        code,
        modifiers=modifiers,
        service_date=day,
        line_control_number=number,
    )


def numbers(lines: list[RemittanceLine], claim: PostableClaim) -> list[int | None]:
    return [found.number if found else None for found in match_lines(lines, claim)]


def merged(lines: list[RemittanceLine], claim: PostableClaim) -> dict[int, list[int]]:
    found = match_lines(lines, claim)
    parts = merged_lines(lines, claim, found)
    return {place: [our.number for our in ours_of] for place, ours_of in parts.items()}


def test_the_day_tells_two_equal_services_apart() -> None:
    claim = a_claim(ours(1, "97110", 5_000), ours(2, "97110", 5_000, TUESDAY))
    assert numbers([theirs("97110", 5_000, TUESDAY)], claim) == [2]


def test_a_modifier_tells_two_services_of_one_day_apart() -> None:
    claim = a_claim(ours(1, "71046", 4_000, MONDAY, "26"), ours(2, "71046", 4_000, MONDAY, "TC"))
    assert numbers([theirs("71046", 4_000, MONDAY, "TC")], claim) == [2]


def test_a_payer_that_leaves_modifiers_out_is_still_understood() -> None:
    claim = a_claim(ours(1, "99213", 9_000, MONDAY, "25"))
    assert numbers([theirs("99213", 9_000)], claim) == [1]


def test_services_that_nothing_tells_apart_are_taken_in_order() -> None:
    claim = a_claim(ours(1, "97110", 5_000), ours(2, "97110", 5_000))
    assert numbers([theirs("97110", 5_000), theirs("97110", 5_000)], claim) == [1, 2]


def test_one_answer_to_two_equal_services_is_not_guessed() -> None:
    claim = a_claim(ours(1, "97110", 5_000), ours(2, "97110", 5_000))
    assert numbers([theirs("97110", 5_000)], claim) == [None]


def test_two_answers_to_one_service_are_not_guessed() -> None:
    claim = a_claim(ours(1, "97110", 5_000))
    assert numbers([theirs("97110", 5_000), theirs("97110", 5_000)], claim) == [None, None]


def test_lines_that_together_charge_our_line_are_our_line_split() -> None:
    claim = a_claim(ours(1, "97110", 9_000), ours(2, "99213", 4_000))
    lines = [theirs("97110", 3_000), theirs("97110", 6_000), theirs("99213", 4_000)]
    assert numbers(lines, claim) == [1, 1, 2]


def test_lines_that_do_not_add_up_are_not_our_line_split() -> None:
    claim = a_claim(ours(1, "97110", 9_000))
    assert numbers([theirs("97110", 3_000), theirs("97110", 5_999)], claim) == [None, None]


def test_one_line_of_the_payer_may_stand_for_several_of_ours() -> None:
    claim = a_claim(ours(1, "97110", 5_000), ours(2, "97110", 5_000), ours(3, "99213", 4_000))
    assert merged([theirs("97110", 10_000), theirs("99213", 4_000)], claim) == {1: [1, 2]}


def test_a_bundle_under_another_code_is_known_by_what_is_left() -> None:
    claim = a_claim(ours(1, "82947", 1_000), ours(2, "84443", 3_000), ours(3, "99213", 4_000))
    assert merged([theirs("80050", 4_000), theirs("99213", 4_000, number="3")], claim) == {
        1: [1, 2]
    }


def test_a_bundle_that_names_one_of_its_lines_takes_the_others_too() -> None:
    claim = a_claim(ours(1, "82947", 1_000), ours(2, "84443", 3_000))
    assert merged([theirs("80050", 4_000, number="1")], claim) == {1: [1, 2]}


def test_a_bundle_that_does_not_add_up_is_nobodys() -> None:
    claim = a_claim(ours(1, "82947", 1_000), ours(2, "84443", 3_000))
    assert merged([theirs("80050", 3_999)], claim) == {}


def test_a_bundle_is_split_to_the_cent() -> None:
    shares = (AdjustmentShare(1, 1, Adjustment("CO", "45", Money(1_001))),)
    parts = split_line(
        DecidedLine(Money(4_000), Money(2_999), shares), [Money(1_000), Money(3_000)]
    )
    assert [part.charge for part in parts] == [Money(1_000), Money(3_000)]
    assert total(part.paid for part in parts) == Money(2_999)
    for part in parts:
        adjusted = total(share.adjustment.amount for share in part.shares)
        assert part.charge == part.paid + adjusted


def test_numbers_that_contradict_each_other_are_not_guessed_between() -> None:
    decision = RemittanceClaim("C1", "1", Money(9_000), ZERO, payer_claim_control_number="P2")
    charges = {UUID(int=1): Money(5_000), UUID(int=2): Money(9_000)}
    known = {"P2": frozenset({UUID(int=2)})}
    ours_first = {"C1": UUID(int=1)}
    assert (
        match_claim(decision, by_control_number=ours_first, by_payer_number=known, charges=charges)
        is None
    )
    agreeing = replace(decision, charge=Money(5_000))
    assert match_claim(
        agreeing, by_control_number=ours_first, by_payer_number=known, charges=charges
    ) == UUID(int=1)


SERVICES: Counter[Service] = Counter(
    [("99213", MONDAY, Money(9_000)), ("85025", MONDAY, Money(1_000))]
)
NAMELESS = RemittanceClaim(
    "UNKNOWN",
    "1",
    Money(10_000),
    ZERO,
    member_id="M1",
    lines=(theirs("99213", 9_000), theirs("85025", 1_000)),
)


def by_services(decision: RemittanceClaim, *claims: int) -> UUID | None:
    held = {UUID(int=claim): SERVICES for claim in claims}
    return match_claim(decision, by_control_number={}, by_payer_number={}, by_member={"M1": held})


def test_a_claim_without_a_number_is_known_by_its_member_and_all_its_services() -> None:
    assert by_services(NAMELESS, 7) == UUID(int=7)


def test_two_claims_with_the_same_services_are_not_guessed_between() -> None:
    assert by_services(NAMELESS, 7, 8) is None


def test_one_other_day_or_no_member_and_nobody_knows_the_claim() -> None:
    other_day = replace(NAMELESS, lines=(theirs("99213", 9_000, TUESDAY), NAMELESS.lines[1]))
    assert by_services(other_day, 7) is None
    assert by_services(replace(NAMELESS, member_id=""), 7) is None
