"""Work items on PostgreSQL, where several people and programs write at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import Client
from models.values.identifiers import new_id
from revcycle.store import work_items, work_leases
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem, StaleLeaseError

pytestmark = pytest.mark.postgres

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PEOPLE = 4


@pytest.fixture
def lakeside(postgres_url: str) -> Act:
    client = Client(key="lakeside", name="Lakeside", time_zone="America/New_York")
    with transaction(postgres_url) as session:
        session.add(client)
    return Act(client.id, "ann", NOON, NOON.date())


def an_item(cause: str, priority: int = 5) -> NewWorkItem:
    return NewWorkItem(
        Queue.SCRUB, cause, "claim", new_id(), "scrub.timely_filing", priority=priority
    )


def open_items(url: str, act: Act, *items: NewWorkItem) -> int:
    with transaction(url, act.client_id) as session:
        return work_items.open_work_items(session, act.client_id, act, items)


def take_next(url: str, client_id: UUID, holder: str) -> UUID | None:
    with transaction(url, client_id) as session:
        item = work_leases.lease_next_work_item(
            session, client_id, Queue.SCRUB, holder=holder, at=NOON
        )
        return item.id if item else None


def test_the_same_cause_opens_one_item_however_many_runs_find_it(
    postgres_url: str, lakeside: Act
) -> None:
    items = [an_item(f"scrub:{number}") for number in range(50)]
    with ThreadPoolExecutor(PEOPLE) as pool:
        runs = [pool.submit(open_items, postgres_url, lakeside, *items) for _ in range(PEOPLE)]
        opened = [run.result() for run in runs]
    assert sum(opened) == len(items)


def test_people_who_take_work_at_once_never_get_the_same_item(
    postgres_url: str, lakeside: Act
) -> None:
    open_items(postgres_url, lakeside, *(an_item(f"scrub:{number}") for number in range(40)))
    with ThreadPoolExecutor(PEOPLE) as pool:
        turns = [
            pool.submit(take_next, postgres_url, lakeside.client_id, f"person {number % PEOPLE}")
            for number in range(40)
        ]
        taken = Counter(turn.result() for turn in turns)
    assert None not in taken
    assert set(taken.values()) == {1}


def test_who_waits_for_nobody_gets_the_next_item_while_another_is_being_taken(
    postgres_url: str, lakeside: Act
) -> None:
    open_items(postgres_url, lakeside, an_item("urgent", priority=1), an_item("later"))
    with transaction(postgres_url, lakeside.client_id) as session:
        first = work_leases.lease_next_work_item(
            session, lakeside.client_id, Queue.SCRUB, holder="ann", at=NOON
        )
        second = take_next(postgres_url, lakeside.client_id, "ben")  # while ann has not committed
        assert first is not None
        assert first.cause_key == "urgent"
        assert second not in {None, first.id}


def test_a_holder_whose_lease_ran_out_changes_nothing(postgres_url: str, lakeside: Act) -> None:
    open_items(postgres_url, lakeside, an_item("scrub:1"))
    item_id = take_next(postgres_url, lakeside.client_id, lakeside.actor)
    assert item_id is not None
    late = NOON + timedelta(minutes=work_leases.LEASE_MINUTES, seconds=1)
    with transaction(postgres_url, lakeside.client_id) as session:
        assert work_leases.free_expired_leases(session, [lakeside.client_id], late) == 1
    with (
        pytest.raises(StaleLeaseError),
        transaction(postgres_url, lakeside.client_id) as session,
    ):
        work_items.close_leased_work_item(
            session, lakeside.client_id, lakeside, item_id, token=1, resolution="done"
        )


def test_a_closed_cause_may_open_again_and_is_counted_once(
    postgres_url: str, lakeside: Act
) -> None:
    open_items(postgres_url, lakeside, an_item("scrub:1"))
    with transaction(postgres_url, lakeside.client_id) as session:
        work_items.close_work_items(
            session, lakeside.client_id, lakeside, ["scrub:1"], resolution="cleared"
        )
    assert open_items(postgres_url, lakeside, an_item("scrub:1")) == 1
    with transaction(postgres_url, lakeside.client_id) as session:
        (count,) = work_items.count_open_by_queue(session, lakeside.client_id, NOON)
    assert (count.queue, count.open, count.leased, count.oldest_at) == (Queue.SCRUB, 1, 0, NOON)
