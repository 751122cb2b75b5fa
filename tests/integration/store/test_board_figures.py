"""Figures of managers on both databases, cut at midnight of each practice."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from models.documents.act import Act
from models.states.claim import ClaimState
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Client
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.store import (
    audit_trail,
    board_figures,
    board_lists,
    claim_figures,
    file_figures,
    money_figures,
    people_figures,
    work_items,
)
from revcycle.store.audit_trail import TrailWanted
from revcycle.store.board_lists import ItemKind, ItemsWanted
from revcycle.store.file_figures import Trouble
from revcycle.store.money_figures import Payers
from revcycle.store.practice_days import Period
from revcycle.store.session import reading, transaction
from revcycle.store.work_items import NewWorkItem
from tests.pages.board_history import add_history

DAY = date(2026, 11, 20)
WEEK = Period(date(2026, 11, 14), DAY)
# In New York it is still the 19th, in London already the 20th.
NEAR_MIDNIGHT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.fixture
def url(either_database_url: str) -> str:
    """The database."""
    return either_database_url


def add_practice(url: str, key: str, time_zone: str) -> UUID:
    """Register a practice with an item that was opened near midnight and done an hour later."""
    client = Client(key=key, name=key, time_zone=time_zone)
    with transaction(url) as session:
        session.add(client)
    act = Act(client.id, "ben", NEAR_MIDNIGHT, NEAR_MIDNIGHT.date())
    item = NewWorkItem(Queue.SCRUB, "cause", "claim", new_id(), "scrub.x")
    with transaction(url, client.id) as session:
        work_items.open_work_items(session, client.id, act, [item])
        later = Act(client.id, "ben", NEAR_MIDNIGHT + timedelta(hours=1), DAY)
        work_items.close_work_items(
            session,
            client.id,
            later,
            ["cause"],
            resolution="done",
            event=WorkItemEvent.COMPLETE,
        )
        work_items.open_work_items(session, client.id, later, [item])
    return client.id


def test_a_day_ends_at_midnight_of_the_practice(url: str) -> None:
    new_york = add_practice(url, "lakeside", "America/New_York")
    london = add_practice(url, "thames", "Europe/London")
    ids = [new_york, london]
    with reading(url, ids) as session:
        closed = {
            (one.client_id, one.day): one.done
            for one in board_figures.count_closed(session, ids, WEEK)
        }
        assert closed == {(new_york, DAY - timedelta(days=1)): 1, (london, DAY): 1}
        opened = board_figures.count_opened_by_day(session, ids, WEEK)
        assert opened == {DAY - timedelta(days=1): 2, DAY: 2}
        for client_ids, expected in ((ids, 2), ([london], 1)):
            wanted = ItemsWanted(ItemKind.DONE, WEEK, NOON)
            rows = board_lists.list_items(session, client_ids, wanted, after=None, limit=9)
            assert len(rows) == expected
        today = ItemsWanted(ItemKind.DONE, Period(DAY, DAY), NOON)
        (row,) = board_lists.list_items(session, ids, today, after=None, limit=9)
        assert row.client_id == london


def test_every_figure_and_list_is_answered_by_either_database(url: str) -> None:
    practice = add_practice(url, "lakeside", "America/New_York")
    add_history(url, practice)
    ids = [practice]
    with reading(url, ids) as session:
        (waiting,) = [
            one
            for one in board_figures.count_waiting(session, ids, NOON)
            if one.queue is Queue.SCRUB
        ]
        assert (waiting.waiting, waiting.overdue, waiting.taken) == (1, 0, 0)
        assert board_figures.count_hands(session, ids, WEEK)["ben"].done == 1
        for kind in ItemKind:
            wanted = ItemsWanted(kind, WEEK, NOON, Queue.SCRUB, "")
            board_lists.list_items(session, ids, wanted, after=new_id(), limit=9)
        standing = claim_figures.count_claims_by_day(session, ids, WEEK)
        assert standing[DAY] == {ClaimState.PAID: 2, ClaimState.DENIED: 1}
        (denied,) = claim_figures.list_claims(
            session, ids, ClaimState.DENIED, DAY, after=None, limit=9
        )
        assert denied.charge_total == Money(15_000)
        money = money_figures.sum_money_by_day(session, ids, WEEK)[Payers.INSURANCE]
        for payers in (Payers.INSURANCE, None):
            rows = money_figures.list_money(session, ids, payers, WEEK, after=None, limit=99)
            assert sum(row.amount.cents for row in rows) == sum(one.cents for one in money.values())
        (cause,) = money_figures.count_denials_by_cause(session, ids, WEEK)
        (line,) = money_figures.list_denials(session, ids, cause.cause, WEEK, after=None, limit=9)
        assert line.amount == cause.amount
        assert file_figures.count_trouble(session, ids) == []
        for trouble in Trouble:
            assert not file_figures.list_trouble(session, ids, trouble, after=None, limit=9)


def test_people_and_trails_are_answered_by_either_database(url: str) -> None:
    practice = add_practice(url, "lakeside", "America/New_York")
    ids = [practice]
    with reading(url, ids) as session:
        (item,) = people_figures.list_done_items(session, ids, WEEK, "ben")
        assert (item.is_in_time, item.taken_at) == (True, None)
        assert people_figures.count_given_back(session, ids, WEEK) == {}
        assert people_figures.list_coded_claims(session, ids, WEEK) == []
        assert people_figures.list_denials_of_coders(session, ids, WEEK) == []
        wanted = TrailWanted(WEEK, actor="ben", action="work_item:complete")
        (line,) = audit_trail.list_trail(session, ids, wanted, after=None, limit=9)
        assert line.outcome == "open to done"
        assert audit_trail.list_trail(session, ids, wanted, after=line.place, limit=9) == []
