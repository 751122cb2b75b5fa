"""All that a payer writes about one claim: decisions, what is taken back, what moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from models.documents.claim import ClaimPayer
from models.documents.remittance import RemittanceClaim
from models.values.money import Money
from revcycle.sandbox.case import Case
from revcycle.sandbox.cases import CORRECTED, TAKEN_BACK
from revcycle.sandbox.forms import INTEREST, Written, negated, write_as
from revcycle.sandbox.meaning import LineMeaning, meanings_of
from revcycle.sandbox.pricing import deny_line
from revcycle.sandbox.remittances import (
    BALANCE_FORWARD,
    TAKE_BACK,
    DecisionKind,
    Moved,
    PayerView,
    decided_claim,
    reversed_claim,
)
from revcycle.sandbox.verdicts import Verdict

PREDICTION: Final = ("25", "OA", "101")
NOT_OURS: Final = ("23", "OA", "109")
LATER_RANKS: Final = ("S", "T")
ONWARD_MARK: Final = "X"  # ends the numbers of later payers
# Positive lowers the payment.
SINGLE_PAIRS: Final[Mapping[Case, tuple[str, Money]]] = MappingProxyType(
    {
        Case.INTEREST: ("L6", -INTEREST),
        Case.UNEXPLAINED: ("CS", Money(310)),
        Case.NOT_REIMBURSED: ("J1", Money(205)),
        Case.TAX_WITHHELD: ("IR", Money(140)),
        Case.LEVY: ("LE", Money(160)),
        Case.WITHHOLDING: ("E3", Money(170)),
        Case.LATE_CHARGE: ("50", Money(90)),
        Case.CAPITATION: ("CT", Money(-1_900)),
    }
)
PART_MOVED: Final = 10  # a tenth of the charge


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a payment says of a claim.

    Attributes:
        payer: Who pays.
        claim: What is written of the claim; None where only money moves.
        meanings: What that comes to, by line.
        moved: What the payment moves outside claims because of it.
        reversals: How many times the delay of a reversal it comes after the first.
        crossovers: The same, of the delay of a payer that the claim was forwarded to.
    """

    payer: ClaimPayer
    kind: DecisionKind
    claim: RemittanceClaim | None
    meanings: tuple[LineMeaning, ...] = ()
    moved: tuple[Moved, ...] = ()
    reversals: int = 0
    crossovers: int = 0


def steps_of(view: PayerView, verdict: Verdict) -> tuple[Step, ...]:
    """List what is written of a claim, in the order in which it was decided."""
    if not verdict.lines:
        return ()
    if verdict.case in {Case.NOT_OURS, Case.PREDICTED}:
        return tuple(_undecided(view, verdict))
    plain = Written(
        decided_claim(view, verdict.status, verdict.lines, _next_payer(verdict)),
        meanings_of(verdict.lines),
    )
    first = write_as(verdict.case, plain)
    step = Step(view.payer, DecisionKind.DECISION, first.claim, first.meanings)
    if verdict.case in TAKEN_BACK or verdict.correction:
        return tuple(_taken_back(view, verdict, step))
    step = replace(step, moved=_moved_with(view, verdict.case, first.claim))
    return (step, *_moved_later(view, verdict.case, first.claim), *_onward(view, verdict))


def _undecided(view: PayerView, verdict: Verdict) -> Iterator[Step]:
    """Mention the claim and decide nothing; a prediction is followed by the decision."""
    is_prediction = verdict.case is Case.PREDICTED
    status, group, reason = PREDICTION if is_prediction else NOT_OURS
    lines = tuple(deny_line(line.charge, group, reason) for line in view.claim.lines)
    mention = decided_claim(view, status, lines, None)
    yield Step(view.payer, DecisionKind.DECISION, mention)
    if is_prediction:
        decided = decided_claim(view, verdict.status, verdict.lines, None)
        said = meanings_of(verdict.lines)
        yield Step(view.payer, DecisionKind.DECISION, decided, said, reversals=1)


def _taken_back(view: PayerView, verdict: Verdict, first: Step) -> Iterator[Step]:
    """Decide, take it back and perhaps decide anew, in the order of the case."""
    assert first.claim is not None  # noqa: S101 - a decision has one
    case = verdict.case or Case.REVERSED_TOGETHER
    reversal = Step(
        view.payer,
        DecisionKind.REVERSAL,
        reversed_claim(first.claim, view.claim),
        negated(first.meanings),
    )
    at_first, at_reversal, at_correction = _MOMENTS.get(case, (0, 1, 1))
    yield replace(first, reversals=at_first)
    if case is Case.TAKEN_WITH_REVERSAL:
        announced = Moved(TAKE_BACK, view.payer_number, -first.claim.paid)
        reversal = replace(reversal, moved=(announced,))
    yield replace(reversal, reversals=at_reversal)
    if case is Case.TAKEN_WITH_REVERSAL:
        taken = Moved(TAKE_BACK, view.payer_number, first.claim.paid)
        yield Step(view.payer, DecisionKind.DECISION, None, (), (taken,), reversals=2)
    if case in CORRECTED:
        corrected = decided_claim(view, verdict.status, verdict.correction, None)
        said = meanings_of(verdict.correction)
        yield Step(view.payer, DecisionKind.CORRECTION, corrected, said, reversals=at_correction)


# When the decision, its reversal and its correction are written.
_MOMENTS: Final[Mapping[Case, tuple[int, int, int]]] = MappingProxyType(
    {
        Case.REVERSED_APART: (0, 1, 2),
        Case.CORRECTED_FIRST: (0, 2, 1),
        Case.REVERSED_FIRST: (1, 0, 2),
    }
)


def _moved_with(view: PayerView, case: Case | None, claim: RemittanceClaim) -> tuple[Moved, ...]:
    """Tell what the payment of the decision moves besides."""
    if case is None:
        return ()
    if case in SINGLE_PAIRS:
        reason, amount = SINGLE_PAIRS[case]
        return (Moved(reason, view.payer_number, amount),)
    part = Money(claim.charge.cents // PART_MOVED)
    if case is Case.FORWARDED_BALANCE:
        return (Moved(BALANCE_FORWARD, view.payer_number, -part),)
    if case is Case.REFUND_ACKNOWLEDGED:
        return (
            Moved("72", view.payer_number, -part),
            Moved(TAKE_BACK, view.payer_number, part),
        )
    return ()


def _moved_later(view: PayerView, case: Case | None, claim: RemittanceClaim) -> Iterator[Step]:
    """Take in a later payment what was moved to it, or what nobody announced."""
    part = Money(claim.charge.cents // PART_MOVED)
    if case is Case.FORWARDED_BALANCE:
        moved = Moved(BALANCE_FORWARD, view.payer_number, part)
    elif case is Case.TAKEN_WITHOUT_REVERSAL:
        moved = Moved(TAKE_BACK, view.payer_number, Money(claim.paid.cents // 2))
    else:
        return
    if moved.amount:
        yield Step(view.payer, DecisionKind.DECISION, None, (), (moved,), reversals=1)


def _onward(view: PayerView, verdict: Verdict) -> Iterator[Step]:
    """Let the payers that the claim was forwarded to decide it, under its first number."""
    number = view.payer_number
    for place, onward in enumerate(verdict.onward):
        number += ONWARD_MARK
        payer = replace(onward.payer, responsibility=LATER_RANKS[place])
        later = replace(view, payer=payer, payer_number=number)
        claim = decided_claim(later, onward.status, onward.lines, onward.forwarded_to)
        yield Step(
            payer,
            DecisionKind.ONWARD,
            claim,
            meanings_of(onward.lines),
            crossovers=place + 1,
        )


def _next_payer(verdict: Verdict) -> ClaimPayer | None:
    return verdict.onward[0].payer if verdict.onward else None
