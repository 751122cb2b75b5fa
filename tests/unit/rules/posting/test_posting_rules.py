"""Refusal, matching, claim-level adjustments, originals."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.claim import Adjustment
from models.documents.finding import Finding, Severity
from models.documents.party import Organization
from models.documents.posting import EarlierDecision, PostableClaim, PostableLine, PostingOutcome
from models.documents.remittance import RemittanceClaim, RemittanceDocument, RemittanceLine
from models.states.claim import ClaimState
from models.values.money import ZERO, Money, total
from revcycle.rules.posting.claim_level import decided_lines, lines_of_whole
from revcycle.rules.posting.decision import (
    DecisionKind,
    decided_rank,
    decision_kind,
    may_decide,
)
from revcycle.rules.posting.matching import match_claim, match_lines
from revcycle.rules.posting.original import find_original
from revcycle.rules.posting.refusal import Refusal, content_of, refusal_of, trace_key

NPI, TIN = "1234567893", "123456789"
A_CLAIM = RemittanceClaim("C1", "1", Money(100), Money(60), payer_claim_control_number="P1")
A_REMITTANCE = RemittanceDocument(
    payer=Organization("Payer"),
    payee=Organization("Practice", npi=NPI, tax_id=TIN),
    handling_code="I",
    amount=Money(60),
    is_credit=True,
    method="ACH",
    payment_date=date(2026, 11, 18),
    trace_number="T1",
    payer_trace_id="1999999999",
    claims=(A_CLAIM,),
)


def refusal(
    *documents: RemittanceDocument,
    findings: tuple[Finding, ...] = (),
    gaps: tuple[Finding, ...] = (),
    posted: tuple[RemittanceDocument, ...] = (),
    npis: frozenset[str] = frozenset({NPI}),
) -> Refusal | None:
    return refusal_of(
        documents,
        findings,
        gaps,
        payee_npis=npis,
        payee_tin=TIN,
        posted={trace_key(one): content_of(one) for one in posted},
    )


def test_a_balanced_file_of_ours_is_posted() -> None:
    assert refusal(A_REMITTANCE) is None


def test_a_file_without_a_remittance_is_refused() -> None:
    assert refusal() is Refusal.UNREADABLE


def test_a_file_with_an_unread_part_is_refused() -> None:
    unread = Finding("x12.element", Severity.ERROR, "CLP04", "not an amount")
    assert refusal(A_REMITTANCE, findings=(unread,)) is Refusal.UNREADABLE


def test_a_note_of_the_reader_stops_nothing() -> None:
    note = Finding("x12.unused", Severity.INFO, "REF", "one segment is not used")
    assert refusal(A_REMITTANCE, findings=(note,)) is None


def test_a_file_that_does_not_balance_is_refused() -> None:
    gap = Finding("x12.835_claim_balance", Severity.ERROR, "CLP04", "no")
    assert refusal(A_REMITTANCE, gaps=(gap,)) is Refusal.UNBALANCED


def test_a_payment_to_somebody_else_is_refused() -> None:
    stranger = replace(A_REMITTANCE, payee=Organization("Other", npi="1999999992"))
    assert refusal(A_REMITTANCE, stranger) is Refusal.WRONG_PAYEE


def test_a_payment_to_somebody_else_is_misrouted_whatever_else_is_wrong_with_it() -> None:
    stranger = replace(A_REMITTANCE, payee=Organization("Other", npi="1999999992"))
    gap = Finding("x12.835_claim_balance", Severity.ERROR, "CLP04", "no")
    assert refusal(stranger, gaps=(gap,)) is Refusal.WRONG_PAYEE
    assert refusal(stranger, findings=(gap,)) is Refusal.WRONG_PAYEE


def test_a_payment_to_nobody_is_first_of_all_unreadable() -> None:
    nobodys = replace(A_REMITTANCE, payee=Organization("Other"))
    unread = Finding("x12.element", Severity.ERROR, "N104", "no number")
    assert refusal(nobodys, findings=(unread,)) is Refusal.UNREADABLE
    assert refusal(nobodys) is Refusal.WRONG_PAYEE


def test_a_payee_is_known_by_tax_number_alone() -> None:
    assert refusal(A_REMITTANCE, npis=frozenset()) is None


def test_the_same_payment_again_is_a_duplicate() -> None:
    assert refusal(A_REMITTANCE, posted=(A_REMITTANCE,)) is Refusal.DUPLICATE_TRACE


def test_another_payment_under_a_posted_trace_is_refused() -> None:
    other = replace(A_REMITTANCE, claims=(replace(A_CLAIM, claim_control_number="C2"),))
    assert refusal(other, posted=(A_REMITTANCE,)) is Refusal.TRACE_REUSED


def test_one_trace_twice_in_a_file_is_refused() -> None:
    assert refusal(A_REMITTANCE, A_REMITTANCE) is Refusal.TRACE_REUSED


OURS = PostableClaim(
    claim_id=UUID(int=1),
    patient_id=None,
    payer_rank=1,
    payer_key="payer",
    lines=(
        PostableLine(UUID(int=11), UUID(int=21), 1, "99213", Money(10_000)),
        PostableLine(UUID(int=12), UUID(int=22), 2, "85025", Money(2_500)),
        PostableLine(UUID(int=13), UUID(int=23), 3, "85025", Money(2_500)),
    ),
    asked_rank=1,
)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        pytest.param(
            RemittanceLine(Money(2_500), ZERO, "85025", line_control_number="3"),
            3,
            id="by-our-line-number",
        ),
        pytest.param(RemittanceLine(Money(10_000), ZERO, "99213"), 1, id="by-code-and-charge"),
        pytest.param(RemittanceLine(Money(-10_000), ZERO, "99213"), 1, id="a-reversed-line"),
        pytest.param(
            RemittanceLine(Money(10_000), ZERO, "99212", submitted_procedure_code="99213"),
            1,
            id="the-payer-changed-the-code",
        ),
        pytest.param(RemittanceLine(Money(2_500), ZERO, "85025"), None, id="two-are-alike"),
        pytest.param(RemittanceLine(Money(1), ZERO, "99213"), None, id="another-charge"),
    ],
)
def test_a_line_is_found_only_when_it_is_surely_ours(
    line: RemittanceLine, number: int | None
) -> None:
    (found,) = match_lines([line], OURS)
    assert (found.number if found else None) == number


def test_our_number_goes_before_the_payers() -> None:
    found = match_claim(
        A_CLAIM,
        by_control_number={"C1": UUID(int=1)},
        by_payer_number={"P1": frozenset({UUID(int=2)})},
    )
    assert found == UUID(int=1)


def test_the_payers_number_finds_a_claim_whose_number_is_mangled() -> None:
    found = match_claim(
        A_CLAIM, by_control_number={}, by_payer_number={"P1": frozenset({UUID(int=2)})}
    )
    assert found == UUID(int=2)


def test_two_claims_under_one_payer_number_are_not_guessed_between() -> None:
    both = frozenset({UUID(int=2), UUID(int=3)})
    assert match_claim(A_CLAIM, by_control_number={}, by_payer_number={"P1": both}) is None


amounts = st.integers(0, 100_000)


@given(
    st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8),
    st.lists(st.integers(-50_000, 200_000), max_size=4),
)
def test_claim_level_adjustments_are_split_to_the_cent(
    lines: list[tuple[int, int]], said: list[int]
) -> None:
    claim = RemittanceClaim(
        "C1",
        "1",
        ZERO,
        ZERO,
        adjustments=tuple(Adjustment("CO", "45", Money(amount)) for amount in said),
        lines=tuple(RemittanceLine(Money(charge), Money(paid)) for charge, paid in lines),
    )
    decided = decided_lines(claim)
    assert total(line.paid for line in decided) == Money(sum(p for _, p in lines) - sum(said))
    shares = [share.adjustment.amount for line in decided for share in line.shares]
    assert total(shares) == Money(sum(said))


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=8), st.data())
def test_what_was_paid_bears_a_claim_level_adjustment_and_no_line_goes_below_zero(
    paid: list[int], data: st.DataObject
) -> None:
    amount = data.draw(st.integers(1, sum(paid)))
    claim = RemittanceClaim(
        "C1",
        "1",
        ZERO,
        ZERO,
        adjustments=(Adjustment("PR", "1", Money(amount)),),
        lines=tuple(RemittanceLine(Money(cents * 2), Money(cents)) for cents in paid),
    )
    assert all(line.paid >= ZERO for line in decided_lines(claim))


def test_a_claim_priced_as_a_whole_is_split_over_our_charges() -> None:
    claim = RemittanceClaim(
        "C1",
        "1",
        Money(30_000),
        Money(10_000),
        adjustments=(Adjustment("CO", "45", Money(20_000)),),
    )
    lines = lines_of_whole(claim, [Money(10_000)] * 3)
    assert [line.paid.cents for line in lines] == [3_333, 3_333, 3_334]
    assert total(line.paid for line in lines) == Money(10_000)


def an_earlier(paid: int, number: str, ordinal: int) -> EarlierDecision:
    return EarlierDecision(
        remittance_claim_id=UUID(int=ordinal),
        remittance_id=UUID(int=100),
        ordinal=ordinal,
        claim_id=UUID(int=1),
        status="1",
        charge=Money(100),
        paid=Money(paid),
        payer_claim_control_number=number,
        outcome=PostingOutcome.DECIDED,
        rank=1,
    )


def test_a_reversal_finds_the_decision_it_negates() -> None:
    reversal = replace(A_CLAIM, status="22", charge=Money(-100), paid=Money(-60))
    earlier = [an_earlier(60, "P1", 1), an_earlier(60, "P2", 2), an_earlier(50, "P1", 3)]
    found = find_original(reversal, earlier)
    assert found is not None
    assert found.ordinal == 1


def test_a_reversal_of_another_amount_finds_nothing() -> None:
    reversal = replace(A_CLAIM, status="22", charge=Money(-100), paid=Money(-59))
    assert find_original(reversal, [an_earlier(60, "P1", 1)]) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *[(status, DecisionKind.DECIDES) for status in ("1", "2", "3", "4", "19", "20", "21")],
        ("22", DecisionKind.REVERSES),
        ("23", DecisionKind.NOTHING),
        ("25", DecisionKind.NOTHING),
        ("5", DecisionKind.NOTHING),
    ],
)
def test_the_status_tells_what_a_claim_does(status: str, kind: DecisionKind) -> None:
    assert decision_kind(replace(A_CLAIM, status=status)) is kind


@pytest.mark.parametrize(
    ("status", "claim_rank", "asked_rank", "rank"),
    [
        pytest.param("2", 1, 1, 2, id="a forwarded claim comes back as the second payer's"),
        pytest.param("1", 2, 2, 2, id="an answer never goes to an earlier payer"),
        pytest.param("4", 2, 2, 2, id="a denial names no place"),
        pytest.param("1", 2, 1, 2, id="rebilled as a first claim, kept as the second"),
        pytest.param("2", 2, 1, 3, id="rebilled, forwarded, and answered by the next payer"),
        pytest.param("3", 2, 1, 3, id="the books know three payers"),
    ],
)
def test_the_status_tells_as_which_payer_a_claim_was_decided(
    status: str, claim_rank: int, asked_rank: int, rank: int
) -> None:
    assert decided_rank(status, claim_rank, asked_rank=asked_rank) == rank


def test_a_claim_that_was_not_sent_waits_for_no_decision() -> None:
    assert not may_decide(ClaimState.DRAFT)
    assert may_decide(ClaimState.SUBMITTED)
