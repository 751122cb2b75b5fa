"""Counting a practice's day."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from models.documents.client_report import StateCount
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.tables import Claim
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.reports.count_day import count_day
from revcycle.rules.reports.day_figures import client_report
from revcycle.store.session import transaction
from revcycle.store.state_changes import move
from tests.integration.statements.practice import Practice


def test_the_books_of_the_day_add_up(practice: Practice) -> None:
    patient_id = practice.add_patient()
    practice.add_encounter(patient_id, Money(2500))
    charge_id = practice.add_encounter(patient_id, Money(4000), insurance_due=Money(300))
    practice.book(
        patient_id,
        charge_id,
        {
            Account.BANK: Money(1000),
            Account.AR_PATIENT: Money(-900),
            Account.PATIENT_CREDIT: Money(-100),
        },
    )
    practice.book(patient_id, None, {Account.BANK: Money(50), Account.PATIENT_CREDIT: Money(-50)})
    with transaction(practice.database_url) as session:
        counts = count_day(session, practice.act)
    today, owed = counts.today, counts.balances
    assert (today.charges, today.adjustments) == (Money(21_800), Money(3000))
    assert (today.insurance_payments, today.patient_payments) == (Money(12_000), Money(900))
    assert today.charges - today.payments - today.adjustments == owed.receivable
    assert (owed.insurance, owed.patients, owed.credits) == (Money(300), Money(5600), Money(150))


def test_yesterday_is_to_date_and_not_today(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient())
    tomorrow = replace(practice.act, at=practice.act.at + timedelta(days=1))
    with transaction(practice.database_url) as session:
        counts = count_day(session, tomorrow)
    assert (counts.today.encounters_received, counts.to_date.encounters_received) == (0, 1)
    assert (counts.today.charges, counts.to_date.charges) == (Money(0), Money(10_000))
    assert counts.encounters == (StateCount("billed", 1),)


def test_a_claim_sent_twice_is_one_claim_sent(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient(), claim_state=ClaimState.READY)
    steps = (ClaimEvent.SUBMIT, ClaimEvent.REJECT, ClaimEvent.CORRECT, ClaimEvent.CLEAR)
    with transaction(practice.database_url) as session:
        claim = session.exec(select(Claim)).one()
        claim.state = ClaimState(claim.state)
        for event in (*steps, ClaimEvent.SUBMIT):
            move(session, claim.client_id, practice.act, claim, CLAIM_TRANSITIONS, event)
    with transaction(practice.database_url) as session:
        counts = count_day(session, practice.act)
    assert (counts.today.claims_sent, counts.today.claims_rejected) == (1, 1)
    assert counts.claims == (StateCount("submitted", 1),)


def test_every_number_of_the_report_says_what_it_counts(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient())
    with transaction(practice.database_url) as session:
        report = client_report("Lakeside", count_day(session, practice.act))
    figures = [figure for section in report.sections for figure in section.figures]
    assert len(figures) > 15
    assert all(figure.formula and figure.population and figure.period for figure in figures)
