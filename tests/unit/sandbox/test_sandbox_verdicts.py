"""What the sandbox decides about a claim."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from models.documents.acknowledgement import ClaimStatus
from models.documents.claim import Adjustment, FrequencyCode
from models.values.money import ZERO, Money
from revcycle.sandbox.rulebook import read_rulebook
from revcycle.sandbox.verdicts import History, Outcome, judge_claim
from tests.unit.sandbox.sandbox_examples import (
    MEDICARE_LIKE,
    SECOND_PAYER,
    a_claim,
    a_rulebook,
    secondary_claim,
    with_member,
    with_other_payer,
)

NEW = History()
DENIED_BEFORE = History(original_found=True, original_denied=True, original_stands=True)
PAID_BEFORE = History(original_found=True, original_stands=True)


def test_a_claim_meets_the_same_fate_whenever_it_comes() -> None:
    rulebook = read_rulebook(seed=9)
    claims = [a_claim(f"C-{number}", 12_500, 4_000) for number in range(200)]
    forward = [judge_claim(claim, rulebook, NEW) for claim in claims]
    backward = [judge_claim(claim, rulebook, NEW) for claim in reversed(claims)]
    assert forward == backward[::-1]
    other_seed = [judge_claim(claim, read_rulebook(seed=10), NEW) for claim in claims]
    assert forward != other_seed


def test_the_shipped_rules_let_everything_happen() -> None:
    rulebook = read_rulebook(seed=1)
    verdicts = [
        judge_claim(a_claim(f"C-{number}", 12_500, 4_000), rulebook, NEW) for number in range(1500)
    ]
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    assert outcomes.keys() == set(Outcome) - {Outcome.VOIDED}
    assert outcomes[Outcome.PAID] > 1_000
    assert any(verdict.correction for verdict in verdicts)
    assert any(verdict.is_late for verdict in verdicts)
    assert any(verdict.is_sent_twice for verdict in verdicts)


@pytest.mark.parametrize(
    ("member_id", "status", "reason"),
    [
        pytest.param("W123456787", "1", "27", id="coverage-lapsed"),
        pytest.param("W123456788", "4", "31", id="member-unknown"),
        pytest.param("", "4", "31", id="no-member-number"),
        pytest.param("W12345678N", "1", "50", id="nothing-of-this-member-is-necessary"),
    ],
)
def test_who_is_not_insured_is_denied(
    tmp_path: Path, member_id: str, status: str, reason: str
) -> None:
    verdict = judge_claim(with_member(a_claim(), member_id), a_rulebook(tmp_path), NEW)
    assert (verdict.outcome, verdict.status) == (Outcome.DENIED, status)
    assert verdict.lines[0].adjustments == (Adjustment("CO", reason, Money(12_500)),)


def test_a_member_can_be_one_whose_claims_all_come_back(tmp_path: Path) -> None:
    claim = with_member(a_claim(), "W12345678R")
    verdict = judge_claim(claim, a_rulebook(tmp_path), NEW)
    assert verdict.outcome is Outcome.REJECTED
    assert verdict.claim_status == ClaimStatus("A3", "33", "IL")


def test_what_a_member_number_says_of_denials_comes_before_chance(tmp_path: Path) -> None:
    claim = with_member(a_claim(), "W12345678N")
    assert judge_claim(claim, a_rulebook(tmp_path, rejection=1), NEW).outcome is Outcome.DENIED


def test_a_denial_denies_every_line_with_one_reason_and_its_remark(tmp_path: Path) -> None:
    text = '[[denials]]\ngroup = "CO"\nreason = "16"\nremarks = ["N290"]\n'
    rulebook = a_rulebook(tmp_path, text, denial=1)
    verdict = judge_claim(a_claim("C-1", 12_500, 4_000), rulebook, NEW)
    assert verdict.outcome is Outcome.DENIED
    assert verdict.status == "1"  # an ordinary denial is a processed claim with nothing paid
    assert [line.adjustments for line in verdict.lines] == [
        (Adjustment("CO", "16", Money(12_500)),),
        (Adjustment("CO", "16", Money(4_000)),),
    ]
    assert {line.remarks for line in verdict.lines} == {("N290",)}


def test_a_partial_denial_denies_exactly_one_line(tmp_path: Path) -> None:
    rulebook = a_rulebook(tmp_path, partial_denial=1)
    verdict = judge_claim(a_claim("C-1", 12_500, 4_000, 700), rulebook, NEW)
    assert verdict.outcome is Outcome.PARTLY_DENIED
    assert [line.paid for line in verdict.lines].count(ZERO) == 1
    assert judge_claim(a_claim("C-1", 12_500), rulebook, NEW).outcome is Outcome.PAID


def test_a_rejection_is_drawn_for_first_submissions_only(tmp_path: Path) -> None:
    rulebook = a_rulebook(tmp_path, rejection=1)
    rejected = judge_claim(a_claim(), rulebook, NEW)
    assert rejected.outcome is Outcome.REJECTED
    assert rejected.claim_status.is_refusal
    replacement = replace(a_claim(), frequency_code=FrequencyCode.REPLACEMENT)
    assert judge_claim(replacement, rulebook, DENIED_BEFORE).outcome is Outcome.PAID


@pytest.mark.parametrize("frequency", [FrequencyCode.REPLACEMENT, FrequencyCode.VOID])
def test_a_replacement_or_void_of_an_unknown_claim_is_rejected(
    tmp_path: Path, frequency: FrequencyCode
) -> None:
    claim = replace(a_claim(), frequency_code=frequency)
    verdict = judge_claim(claim, a_rulebook(tmp_path), NEW)
    assert verdict.outcome is Outcome.REJECTED
    assert (verdict.claim_status.category, verdict.claim_status.code) == ("A7", "464")


def test_a_void_of_a_decided_claim_is_taken(tmp_path: Path) -> None:
    claim = replace(a_claim(), frequency_code=FrequencyCode.VOID)
    assert judge_claim(claim, a_rulebook(tmp_path), PAID_BEFORE).outcome is Outcome.VOIDED


def test_a_replacement_of_a_denied_claim_may_be_denied_again(tmp_path: Path) -> None:
    claim = replace(a_claim(), frequency_code=FrequencyCode.REPLACEMENT)
    rulebook = a_rulebook(tmp_path, denied_again=1)
    assert judge_claim(claim, rulebook, DENIED_BEFORE).outcome is Outcome.DENIED
    assert judge_claim(claim, rulebook, PAID_BEFORE).outcome is Outcome.PAID


def test_a_claim_that_was_taken_before_is_denied_as_a_duplicate(tmp_path: Path) -> None:
    verdict = judge_claim(a_claim(), a_rulebook(tmp_path), History(is_repeated=True))
    assert verdict.lines[0].adjustments == (Adjustment("CO", "18", Money(12_500)),)


def test_a_second_payer_needs_to_know_what_the_first_decided(tmp_path: Path) -> None:
    rulebook = a_rulebook(tmp_path)
    known = judge_claim(secondary_claim(), rulebook, NEW)
    assert (known.status, known.lines[0].paid) == ("2", Money(1_500))
    unknown = judge_claim(a_claim(payer=SECOND_PAYER), rulebook, NEW)
    assert unknown.outcome is Outcome.DENIED
    assert unknown.lines[0].remarks == ("MA04",)


def test_a_payer_that_crosses_over_forwards_to_the_second_which_pays_the_rest(
    tmp_path: Path,
) -> None:
    rulebook = a_rulebook(tmp_path)
    claim = with_other_payer(a_claim("C-1", 10_000, payer=MEDICARE_LIKE))
    verdict = judge_claim(claim, rulebook, NEW)
    # Allowed 48.00; 9.60 coinsurance; 2 % of 38.40 is 0.77.
    (onward,) = verdict.onward
    assert (verdict.status, onward.payer, onward.status) == ("19", SECOND_PAYER, "2")
    assert verdict.lines[0].paid == Money(3_763)
    assert onward.lines[0].paid == Money(960)
    assert onward.lines[0].adjustments == (Adjustment("OA", "23", Money(9_040)),)
    elsewhere = judge_claim(with_other_payer(a_claim()), rulebook, NEW)
    assert (elsewhere.status, elsewhere.onward) == ("1", ())


def test_a_reversed_claim_is_decided_again_and_lower(tmp_path: Path) -> None:
    verdict = judge_claim(a_claim("C-1", 10_000), a_rulebook(tmp_path, reversal=1), NEW)
    # Allowed 62.00, then 10 % less: 55.80; coinsurance 10 %.
    assert verdict.lines[0].paid == Money(5_580)
    assert verdict.correction[0].paid == Money(5_022)
