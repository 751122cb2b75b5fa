"""Clocks of denials: a correction and an appeal, counted from the payer's decision."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from models.documents.act import Act
from models.states.work_item import Queue, WorkItemState
from models.tables import ClockRow, Denial, WorkItem
from models.values.identifiers import new_id
from revcycle.operations.follow_up.keep_clocks import KeptClocks, keep_clocks
from revcycle.operations.follow_up.policies import ClockPolicy
from revcycle.reference.clocks import standard_clocks
from revcycle.store.session import transaction
from tests.integration.follow_up.follow_up_office import TERMS, later
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance

POLICY = ClockPolicy(standard_clocks(), {}, {}, ZoneInfo("America/New_York"))


def keep(url: str, act: Act, days: int = 0) -> KeptClocks:
    with transaction(url) as session:
        return keep_clocks(session, later(act, days), policy=POLICY, terms=TERMS)


def deny(url: str, act: Act) -> None:
    office = BillingOffice(url, act)
    decision = a_decision(office.bill(15_000), (0, [("CO", "16", 15_000)]))
    office.post(a_remittance(decision))


def test_a_denial_runs_two_clocks_from_the_decision(database_url: str, act: Act) -> None:
    deny(database_url, act)
    keep(database_url, act)
    with transaction(database_url) as session:
        (denial,) = session.exec(select(Denial)).all()
        rows = session.exec(
            select(ClockRow).where(ClockRow.subject_id == denial.id).order_by(col(ClockRow.kind))
        ).all()
        assert [str(row.kind) for row in rows] == ["appeal", "corrected_claim"]
        assert {(row.ends_on - row.started_on) for row in rows} == {timedelta(days=180)}
        assert {row.amount for row in rows} == {denial.amount}


def test_near_its_end_the_denials_own_item_comes_first(database_url: str, act: Act) -> None:
    deny(database_url, act)
    keep(database_url, act)
    with transaction(database_url) as session:
        item = session.exec(select(WorkItem).where(WorkItem.queue == Queue.DENIAL)).one()
        item.priority = 5
    kept = keep(database_url, act, 177)
    assert kept.items == 0
    with transaction(database_url) as session:
        item = session.exec(select(WorkItem).where(WorkItem.queue == Queue.DENIAL)).one()
        assert item.priority <= 2


def test_a_denial_whose_item_was_closed_is_not_forgotten(database_url: str, act: Act) -> None:
    deny(database_url, act)
    keep(database_url, act)
    with transaction(database_url) as session:
        for item in session.exec(select(WorkItem)).all():
            item.state, item.cause_key = WorkItemState.DONE, str(new_id())
    assert keep(database_url, replace(act), 170).items == 2
