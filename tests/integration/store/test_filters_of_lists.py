"""What a list is narrowed to: each part of a filter is asked, and a text means itself."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.documents.work import WorkFilter, WorkHold, WorkOrder
from models.states.work_item import Queue
from models.values.identifiers import new_id
from revcycle.store import work_lists
from revcycle.store.session import transaction
from revcycle.store.work_filters import shape_of
from revcycle.store.work_items import NewWorkItem
from tests.pages.page_examples import NOON, add_practice, items_in

ALL = WorkFilter(Queue.SCRUB, "ann", hold=WorkHold.OPEN)
PARTS = {
    "reason": "no.such",
    "reasons": ("no.such",),
    "payer_name": "Nobody",
    "assignee": "nobody",
    "patient_id": new_id(),
    "text": "nothing says this",
    "due_before": NOON - timedelta(days=9_000),
    "needs": "no_such_skill",
}


def listed(url: str, client_id: UUID, wanted: WorkFilter) -> list[str]:
    """List what a filter finds, by what it says; what is counted is what is listed."""
    with transaction(url, client_id) as session:
        lines = work_lists.list_work(session, [client_id], wanted, WorkOrder.URGENCY, limit=50)
        assert work_lists.count_work(session, [client_id], wanted) == len(lines)
    return [line.detail for line in lines]


def narrowed(**parts: Any) -> WorkFilter:
    """Ask for everything that is open, narrowed by some parts."""
    return WorkFilter(**{one.name: getattr(ALL, one.name) for one in fields(ALL)} | parts)


@pytest.fixture
def lakeside(either_database_url: str) -> UUID:
    """A practice with five items to do."""
    return add_practice(either_database_url, "lakeside", items_in(Queue.SCRUB, 5))


@pytest.mark.parametrize("part", sorted(PARTS))
def test_each_part_of_a_filter_narrows_the_list(
    either_database_url: str, lakeside: UUID, part: str
) -> None:
    assert len(listed(either_database_url, lakeside, ALL)) == 5
    assert listed(either_database_url, lakeside, narrowed(**{part: PARTS[part]})) == []


def test_every_part_of_a_filter_is_asked_for() -> None:
    always = {"queue", "login", "hold"}
    assert {one.name for one in fields(WorkFilter)} == {*PARTS, *always, "is_within_skills"}


@pytest.mark.parametrize("sought", ["%", "_", "/", "5%", "%_/7", "OF 5%_/"])
def test_a_sign_of_patterns_that_somebody_types_means_itself(
    either_database_url: str, sought: str
) -> None:
    items = [*items_in(Queue.SCRUB, 4, detail="plain"), *_of_one("a rate of 5%_/7", priority=6)]
    client_id = add_practice(either_database_url, "harbor", items)
    assert listed(either_database_url, client_id, narrowed(text=sought)) == ["a rate of 5%_/7"]


@pytest.mark.parametrize(("asked", "found"), [("a%", 0), ("rule.p5", 5), ("rule.p_", 0)])
def test_the_beginning_of_a_reason_means_itself(
    either_database_url: str, lakeside: UUID, asked: str, found: int
) -> None:
    assert len(listed(either_database_url, lakeside, narrowed(reason=asked))) == found


def _of_one(detail: str, *, priority: int) -> Iterator[NewWorkItem]:
    return items_in(Queue.SCRUB, 1, detail=detail, priority=priority)


def test_lists_of_one_shape_ask_one_question() -> None:
    assert shape_of(narrowed(reason="a.b")) == shape_of(narrowed(reason="c.d"))
    assert shape_of(narrowed(reason="a.b")) != shape_of(narrowed(payer_name="a.b"))
    known = narrowed(reason="a.b", reasons=("a.b.c",))
    assert shape_of(known) == shape_of(narrowed(reasons=("d.e",)))
