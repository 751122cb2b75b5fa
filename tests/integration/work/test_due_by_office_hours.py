"""Work is due by the office hours that a practice's client file was registered with."""

from datetime import UTC, date, datetime
from pathlib import Path

from models.documents.act import Act
from models.states.work_item import Queue, WorkItemState
from models.values.identifiers import new_id
from revcycle.client_config import read_client_config
from revcycle.operations.clients.register_client import register_client
from revcycle.store import work_items
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem
from revcycle.store.work_lists import list_lines

EXAMPLE = Path(__file__).resolve().parents[3] / "client_configs" / "_example"
WEDNESDAY = datetime(2026, 12, 23, 21, 0, tzinfo=UTC)  # 15:00 in Chicago


def an_item(queue: Queue, *, hours: int = 24, last_day: date | None = None) -> NewWorkItem:
    return NewWorkItem(
        queue, str(new_id()), "claim", new_id(), "chart", service_hours=hours, due_on=last_day
    )


def test_a_chart_is_due_on_a_working_day_of_its_practice(either_database_url: str) -> None:
    with transaction(either_database_url) as session:
        client_id = register_client(session, read_client_config(EXAMPLE))
    act = Act(client_id, "tester", WEDNESDAY, WEDNESDAY.date())
    items = [
        an_item(Queue.CODING),  # 24 and 25 December are free, then comes a weekend
        an_item(Queue.PROVIDER_QUERY, hours=3),
        an_item(Queue.DENIAL, last_day=date(2026, 12, 26)),
    ]
    with transaction(either_database_url, client_id) as session:
        work_items.open_work_items(session, client_id, act, items)
    with transaction(either_database_url, client_id) as session:
        due = {
            line.queue: line.due_at
            for queue in (Queue.CODING, Queue.PROVIDER_QUERY, Queue.DENIAL)
            for line in list_lines(session, client_id, queue, WorkItemState.OPEN, limit=5)
        }
    assert due == {
        Queue.CODING: datetime(2026, 12, 28, 21, 0, tzinfo=UTC),
        Queue.PROVIDER_QUERY: datetime(2026, 12, 28, 15, 0, tzinfo=UTC),
        Queue.DENIAL: datetime(2026, 12, 23, 23, 0, tzinfo=UTC),
    }
