"""The first page: what waits, by practice and queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from models.states.work_item import Queue
from models.values.access import Right
from revcycle.store import work_items
from revcycle.store.session import transaction
from revcycle.store.work_items import QueueCount
from workbench.pages.access import CurrentVisitor, needs, person_of
from workbench.pages.practices import Practice, choose_practices, list_practices
from workbench.pages.queue_texts import QUEUE_TEXTS, QueueText
from workbench.pages.site import Site
from workbench.pages.tally import Tally, add_up

router = APIRouter(dependencies=[needs(Right.SEE_WORK)])


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One queue as a line of a table."""

    queue: Queue
    text: QueueText
    tally: Tally


@dataclass(frozen=True, slots=True)
class PracticeQueues:
    """What waits for one practice."""

    practice: Practice
    rows: list[QueueRow]
    total: Tally


@router.get("/")
def show_queues(visitor: CurrentVisitor, client: str = "") -> HTMLResponse:
    """Show the queues of one's roles, of every practice one sees or of one of them."""
    site = visitor.site
    at = site.now()
    practices = list_practices(visitor)
    chosen = choose_practices(practices, client)
    seen = person_of(visitor).access.queues
    counts = {
        practice.key: [one for one in count_open(site, practice, at) if one.queue in seen]
        for practice in chosen
    }
    everything = [count for each in counts.values() for count in each]
    return visitor.show(
        "queues.html",
        here="queues",
        at=at,
        time_zone=chosen[0].time_zone if client else "UTC",
        practices=practices,
        client=client,
        chosen=chosen,
        total=add_up(everything, at),
        by_queue=queue_rows(everything, at),
        by_practice=[
            PracticeQueues(practice, queue_rows(counts[practice.key], at), total)
            for practice in chosen
            if (total := add_up(counts[practice.key], at)).open
        ],
        quiet=[practice.name for practice in chosen if not counts[practice.key]],
        texts={queue: QUEUE_TEXTS[queue] for queue in Queue if queue in seen},
    )


def count_open(site: Site, practice: Practice, at: datetime) -> list[QueueCount]:
    """Count what waits for one practice, in a transaction that sees only this practice."""
    with transaction(site.database_url, practice.id) as session:
        return work_items.count_open_by_queue(session, practice.id, at)


def queue_rows(counts: Iterable[QueueCount], at: datetime) -> list[QueueRow]:
    """Make one line of each queue in which something waits, in the order of the cycle."""
    by_queue: dict[Queue, list[QueueCount]] = {}
    for count in counts:
        by_queue.setdefault(count.queue, []).append(count)
    return [
        QueueRow(queue, QUEUE_TEXTS[queue], add_up(by_queue[queue], at))
        for queue in Queue
        if queue in by_queue
    ]
