"""Work items: one open item per cause, leases with fencing tokens."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from models.documents.act import Act
from models.states.work_item import Queue
from models.values.identifiers import new_id
from revcycle.store import work_items, work_leases
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem, StaleLeaseError


def an_item(cause: str = "scrub:1", **changes: object) -> NewWorkItem:
    item = NewWorkItem(Queue.SCRUB, cause, "claim", new_id(), "scrub.timely_filing")
    return replace(item, **changes)  # type: ignore[arg-type] # test shorthand


def test_the_same_cause_opens_one_item(database_url: str, client_id: UUID, act: Act) -> None:
    with transaction(database_url) as session:
        assert work_items.open_work_items(session, client_id, act, [an_item()]) == 1
    with transaction(database_url) as session:
        assert work_items.open_work_items(session, client_id, act, [an_item(), an_item("b")]) == 1


def test_a_closed_cause_may_open_again(database_url: str, client_id: UUID, act: Act) -> None:
    with transaction(database_url) as session:
        work_items.open_work_items(session, client_id, act, [an_item()])
        work_items.close_work_items(session, client_id, act, ["scrub:1"], resolution="cleared")
        assert work_items.open_work_items(session, client_id, act, [an_item()]) == 1


def test_next_takes_the_most_urgent_item_and_never_a_leased_one(
    database_url: str, client_id: UUID, act: Act
) -> None:
    with transaction(database_url) as session:
        work_items.open_work_items(
            session, client_id, act, [an_item("later"), an_item("urgent", priority=1)]
        )
    taken = []
    for holder in ("ann", "ben", "cleo"):
        with transaction(database_url) as session:
            item = work_leases.lease_next_work_item(
                session, client_id, Queue.SCRUB, holder=holder, at=act.at
            )
            taken.append(item and item.cause_key)
    assert taken == ["urgent", "later", None]


def test_a_holder_whose_lease_ran_out_changes_nothing(
    database_url: str, client_id: UUID, act: Act
) -> None:
    with transaction(database_url) as session:
        work_items.open_work_items(session, client_id, act, [an_item()])
        item = work_leases.lease_next_work_item(
            session, client_id, Queue.SCRUB, holder=act.actor, at=act.at
        )
        assert item is not None
        token = item.lease_token
    with transaction(database_url) as session:
        late = act.at + timedelta(minutes=work_leases.LEASE_MINUTES, seconds=1)
        assert work_leases.free_expired_leases(session, [client_id], late) == 1
    with pytest.raises(StaleLeaseError), transaction(database_url) as session:
        work_items.close_leased_work_item(
            session, client_id, act, item.id, token=token, resolution="done"
        )
    with transaction(database_url) as session:
        assert [one.cause_key for one in work_items.list_open_work_items(session, client_id)]
