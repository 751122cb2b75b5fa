"""Payments of the sandbox: they add up, whatever was decided and whatever is taken back."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.remittance import RemittanceClaim
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.sandbox.remittances import (
    Moved,
    Payee,
    PayerView,
    payment,
    reversed_claim,
    tax_id_of,
    without_names,
)
from revcycle.sandbox.rulebook import read_rulebook
from revcycle.sandbox.stories import steps_of
from revcycle.sandbox.verdicts import History, judge_claim
from tests.unit.sandbox.sandbox_examples import PAYER, PRACTICE, a_claim

TODAY = date(2026, 11, 20)
PAYEE = Payee(PAYER, PRACTICE)
SHIPPED = read_rulebook()
CHARGES = st.lists(st.integers(1, 900_000), min_size=1, max_size=6)
OWED = st.dictionaries(
    st.sampled_from(["SBX000000001", "SBX000000002"]), st.integers(1, 500_000).map(Money)
)


def decisions(seed: int, number: int, cents: list[int]) -> list[RemittanceClaim]:
    claim = a_claim(f"C-{number}", *cents)
    rulebook = SHIPPED.model_copy(update={"seed": seed})
    verdict = judge_claim(claim, rulebook, History())
    steps = steps_of(PayerView(claim, PAYER, f"SBX{number:09d}", TODAY), verdict)
    return [step.claim for step in steps if step.claim]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(CHARGES, min_size=1, max_size=8), OWED)
def test_a_payment_balances_for_every_seed_and_debt(
    seed: int, charges: list[list[int]], owed: dict[str, Money]
) -> None:
    decided = [
        claim for number, cents in enumerate(charges) for claim in decisions(seed, number, cents)
    ]
    debts = [Moved("WO", reference, amount) for reference, amount in owed.items()]
    document = payment(PAYEE, decided, debts, trace_number="T1", paid_on=TODAY)
    assert remittance_gaps(document) == ()
    assert document.amount >= ZERO
    taken = total(one.amount for one in document.provider_adjustments)
    assert taken <= total(owed.values())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), CHARGES)
def test_a_decision_and_its_reversal_are_worth_nothing_together(
    seed: int, cents: list[int]
) -> None:
    claim = a_claim("C-1", *cents)
    for decision in decisions(seed, 1, cents)[:1]:
        reversal = reversed_claim(without_names(decision), claim)
        assert decision.paid + reversal.paid == ZERO
        assert decision.charge + reversal.charge == ZERO
        assert reversal.patient_last_name == decision.patient_last_name
        document = payment(PAYEE, [reversal], (), trace_number="T1", paid_on=TODAY)
        assert document.amount == ZERO
        assert total(one.amount for one in document.provider_adjustments) == -decision.paid


def test_a_payer_keeps_its_tax_number() -> None:
    assert tax_id_of("BHHP1") == tax_id_of("BHHP1") != tax_id_of("CWMUT")
    assert len(tax_id_of("BHHP1")) == 9
