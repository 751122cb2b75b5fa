"""What payers do beyond paying and denying: each case is written so that it adds up."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.claim import ClaimDocument
from models.documents.remittance import RemittanceClaim
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.sandbox.case import Case
from revcycle.sandbox.cases import LATER_PAYER, mark_of
from revcycle.sandbox.meaning import LineMeaning
from revcycle.sandbox.remittances import Moved, Payee, PayerView, payment
from revcycle.sandbox.rulebook import read_rulebook
from revcycle.sandbox.stories import Step, steps_of
from revcycle.sandbox.verdicts import History, judge_claim
from tests.unit.sandbox.sandbox_examples import (
    DECIDED_ON,
    MEDICARE_LIKE,
    PAYER,
    PRACTICE,
    a_claim,
    a_rulebook,
    secondary_claim,
    with_member,
    with_other_payer,
)

FIRST_PAYER = sorted(set(Case) - LATER_PAYER)
SHIPPED = read_rulebook()
NUMBER = "SBX000000001"


def steps(claim: ClaimDocument, tmp_path: Path) -> tuple[Step, ...]:
    verdict = judge_claim(claim, a_rulebook(tmp_path), History())
    return steps_of(PayerView(claim, claim.payer, NUMBER, DECIDED_ON), verdict)


def in_case(case: Case, *cents: int) -> ClaimDocument:
    return with_member(a_claim("C-1", *cents), f"{mark_of(case)}1")


def written(found: tuple[Step, ...]) -> list[RemittanceClaim]:
    return [step.claim for step in found if step.claim]


def sums(found: tuple[Step, ...]) -> LineMeaning:
    said = [one for step in found for one in step.meanings]
    return LineMeaning(
        0,
        total(one.paid for one in said),
        total(one.contractual for one in said),
        total(one.sequestered for one in said),
        total(one.patient for one in said),
        total(one.denied for one in said),
    )


@pytest.mark.parametrize("case", FIRST_PAYER)
@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(2, 900_000), min_size=2, max_size=4))
def test_every_case_adds_up_and_means_what_is_written(
    tmp_path_factory: pytest.TempPathFactory, case: Case, cents: list[int]
) -> None:
    found = steps(in_case(case, *cents), tmp_path_factory.mktemp("rules"))
    decided = written(found)
    moved = [one for step in found for one in step.moved]
    document = payment(
        Payee(PAYER, PRACTICE), decided, (), trace_number="T1", paid_on=DECIDED_ON, moved=moved
    )
    assert remittance_gaps(document) == ()
    assert document.amount >= ZERO
    assert sums(found).paid == total(claim.paid for claim in decided)


@pytest.mark.parametrize(
    ("case", "statuses"),
    [
        (Case.REVERSED_TOGETHER, ["1", "22", "1"]),
        (Case.REVERSED_ONLY, ["1", "22"]),
        (Case.PREDICTED, ["25", "1"]),
        (Case.NOT_OURS, ["23"]),
        (Case.SPLIT_LINE, ["1"]),
    ],
)
def test_a_case_is_told_by_its_statuses(tmp_path: Path, case: Case, statuses: list[str]) -> None:
    found = written(steps(in_case(case, 10_000, 4_000), tmp_path))
    assert [claim.status for claim in found] == statuses


@pytest.mark.parametrize(
    ("case", "moments"),
    [
        (Case.REVERSED_TOGETHER, {"decision": 0, "reversal": 1, "correction": 1}),
        (Case.REVERSED_APART, {"decision": 0, "reversal": 1, "correction": 2}),
        (Case.CORRECTED_FIRST, {"decision": 0, "reversal": 2, "correction": 1}),
        (Case.REVERSED_FIRST, {"decision": 1, "reversal": 0, "correction": 2}),
    ],
)
def test_reversal_and_correction_come_in_every_order(
    tmp_path: Path, case: Case, moments: dict[str, int]
) -> None:
    found = steps(in_case(case, 10_000), tmp_path)
    assert {str(step.kind): step.reversals for step in found} == moments


def test_what_is_taken_back_for_good_means_nothing_in_the_end(tmp_path: Path) -> None:
    assert sums(steps(in_case(Case.REVERSED_ONLY, 10_000, 4_000), tmp_path)) == LineMeaning(0)


def test_a_recovery_is_announced_and_taken_later(tmp_path: Path) -> None:
    found = steps(in_case(Case.TAKEN_WITH_REVERSAL, 10_000), tmp_path)
    moved = [one for step in found for one in step.moved]
    assert moved == [Moved("WO", NUMBER, Money(-5_580)), Moved("WO", NUMBER, Money(5_580))]


def test_a_split_line_is_two_of_the_same_code(tmp_path: Path) -> None:
    (claim,) = written(steps(in_case(Case.SPLIT_LINE, 10_001, 4_000), tmp_path))
    assert [line.charge for line in claim.lines] == [Money(5_001), Money(5_000), Money(4_000)]
    assert {line.procedure_code for line in claim.lines[:2]} == {"99213"}
    assert claim.lines[0].line_control_number == ""


def test_a_later_payer_that_repeats_the_difference_means_only_what_was_left(
    tmp_path: Path,
) -> None:
    claim = with_member(secondary_claim(), f"{mark_of(Case.REPEATS_DIFFERENCE)}1")
    (step,) = steps(claim, tmp_path)
    assert step.claim is not None
    (line,) = step.claim.lines
    # 15.00 of 125.00 were left; 80 % of it is paid.
    assert [(one.reason, one.amount) for one in line.adjustments] == [("45", Money(11_300))]
    assert step.meanings == (LineMeaning(1, paid=Money(1_200), contractual=Money(300)),)


def test_a_claim_goes_on_to_the_third_payer(tmp_path: Path) -> None:
    claim = with_other_payer(a_claim("C-1", 10_000, payer=MEDICARE_LIKE))
    third = with_other_payer(a_claim(), MEDICARE_LIKE).other_payers
    chained = steps(
        ClaimDocument(
            control_number=claim.control_number,
            form=claim.form,
            billing_provider=claim.billing_provider,
            patient=claim.patient,
            subscriber=claim.subscriber,
            payer=claim.payer,
            diagnoses=claim.diagnoses,
            lines=claim.lines,
            other_payers=(*claim.other_payers, *third),
        ),
        tmp_path,
    )
    assert [one.status for one in written(chained)] == ["19", "20", "3"]
    assert sums(chained).paid == Money(3_763 + 960)


def test_the_shipped_rules_leave_rare_cases_to_member_numbers() -> None:
    assert not SHIPPED.cases.rate
    assert set(SHIPPED.cases.weights) == {str(case) for case in Case}


def test_a_short_payment_without_reversals_moves_the_rest_to_the_next(tmp_path: Path) -> None:
    (claim,) = written(steps(a_claim("C-1", 10_000), tmp_path))
    moved = [Moved("WO", "R1", claim.paid + Money(700))]
    document = payment(
        Payee(PAYER, PRACTICE), [claim], (), trace_number="T9", paid_on=DECIDED_ON, moved=moved
    )
    last = document.provider_adjustments[-1]
    assert (last.reason, last.reference, last.amount) == ("FB", "T9", Money(-700))
    assert document.amount == ZERO
