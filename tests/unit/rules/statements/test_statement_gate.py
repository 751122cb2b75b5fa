"""The safety gate of statements."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.finding import Severity
from models.documents.party import Address, Person
from models.documents.statement import EncounterAccount, StatementAccount, StatementPolicy
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.values.identifiers import new_id
from models.values.money import ZERO, Money
from revcycle.rules.statements.insurance import is_insurance_finished
from revcycle.rules.statements.release import check_draft, check_release

TODAY = date(2026, 11, 20)
POLICY = StatementPolicy(minimum=Money(500), due_days=30, cycle_days=30)
HOME = Address("48 Harrow Lane", "Yarmouth", "ME", "04096")


def an_account(**facts: Any) -> StatementAccount:
    account = StatementAccount(
        patient_id=new_id(),
        account_number="P-1",
        balance=Money(2500),
        credit=ZERO,
        guarantor=Person("Quillfeather", "Alma", birth_date=date(1980, 2, 29), address=HOME),
        patient_name="Alma Quillfeather",
        email="alma@home.example",
        stopped="",
        last_statement_date=None,
        periods=frozenset(),
    )
    return replace(account, **facts)


def a_minor(birth_date: date) -> Person:
    return Person("Quillfeather", "Pip", birth_date=birth_date, address=HOME)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, [], id="an-ordinary-account-passes"),
        pytest.param({"balance": ZERO}, ["nothing_due"], id="zero-is-never-asked-for"),
        pytest.param({"balance": Money(-900)}, ["nothing_due"], id="a-credit-is-not-a-bill"),
        pytest.param({"balance": Money(499)}, ["below_minimum"], id="a-cent-below-waits"),
        pytest.param({"balance": Money(500)}, [], id="the-minimum-itself-is-enough"),
        pytest.param({"stopped": "dispute"}, ["stopped"], id="a-dispute-waits"),
        pytest.param({"periods": frozenset({"2026-11"})}, ["same_period"], id="once-a-month"),
        pytest.param({"periods": frozenset({"2026-10"})}, [], id="last-month-is-over"),
        pytest.param({"credit": Money(1)}, ["unapplied_credit"], id="credit-first"),
        pytest.param({"email": "a@b@c.example"}, ["no_email"], id="not-one-mailbox"),
        pytest.param({"email": "x@y.example\r\nBcc: z"}, ["no_email"], id="no-header-slips-in"),
        pytest.param(
            {"email": "", "stopped": "dispute"}, ["stopped"], id="who-waits-needs-no-address-yet"
        ),
        pytest.param(
            {"email": "", "credit": Money(1)},
            ["unapplied_credit", "no_email"],
            id="everything-to-put-right-is-told-at-once",
        ),
        pytest.param(
            {"guarantor": a_minor(TODAY.replace(year=2008))}, [], id="adult-on-the-18th-birthday"
        ),
        pytest.param(
            {"guarantor": a_minor(date(2008, 11, 21))},
            ["minor_without_guarantor"],
            id="a-minor-until-the-day-before",
        ),
    ],
)
def test_gate(facts: dict[str, Any], expected: list[str]) -> None:
    findings = check_draft(an_account(**facts), policy=POLICY, today=TODAY)
    assert [finding.rule_id for finding in findings] == [f"statements.{name}" for name in expected]


@pytest.mark.parametrize(
    ("days", "passes"),
    [pytest.param(29, False, id="a-day-early"), pytest.param(30, True, id="the-cycle-is-over")],
)
def test_the_cycle_counts_days(days: int, *, passes: bool) -> None:
    account = an_account(last_statement_date=TODAY - timedelta(days=days))
    assert (check_draft(account, policy=POLICY, today=TODAY) == ()) is passes


def test_its_own_period_does_not_keep_a_draft_from_leaving() -> None:
    account = an_account(periods=frozenset({"2026-11"}), last_statement_date=TODAY)
    assert check_release(account, policy=POLICY, today=TODAY) == ()


@given(st.integers(-(10**9), 0).map(Money))
def test_no_statement_ever_asks_for_nothing(balance: Money) -> None:
    findings = check_release(an_account(balance=balance), policy=POLICY, today=TODAY)
    assert [finding.severity for finding in findings] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("facts", "finished"),
    [
        pytest.param({}, True, id="paid"),
        pytest.param({"claim_states": frozenset()}, True, id="a-patient-without-insurance"),
        pytest.param({"claim_states": frozenset({ClaimState.DENIED})}, True, id="denial-settled"),
        pytest.param({"has_open_denial": True}, False, id="denial-being-worked"),
        pytest.param(
            {"claim_states": frozenset({ClaimState.PAID, ClaimState.SUBMITTED})},
            False,
            id="second-payer-still-to-decide",
        ),
        pytest.param({"insurance_receivable": Money(1)}, False, id="a-cent-is-with-insurance"),
        pytest.param({"state": EncounterState.CODING}, False, id="being-coded-again"),
    ],
)
def test_insurance_first(facts: dict[str, Any], *, finished: bool) -> None:
    encounter = EncounterAccount(
        encounter_id=new_id(),
        patient_id=new_id(),
        state=EncounterState.BILLED,
        charge=Money(10_000),
        insurance_paid=Money(6000),
        patient_paid=ZERO,
        insurance_receivable=ZERO,
        balance=Money(2500),
        claim_states=frozenset({ClaimState.PAID}),
    )
    assert is_insurance_finished(replace(encounter, **facts)) is finished
