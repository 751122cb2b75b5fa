"""The first page: what waits, by practice and queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from models.states.work_item import Queue
from models.values.access import Right
from revcycle.store import work_lists
from revcycle.store.session import reading
from revcycle.store.work_lists import PracticeQueueCount
from workbench.pages.access import CurrentVisitor, needs, person_of
from workbench.pages.item_page import may_take
from workbench.pages.practices import Practice, choose_practices, list_practices
from workbench.pages.queue_texts import QUEUE_TEXTS, QueueText
from workbench.pages.said import Said, to_said
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
def show_queues(visitor: CurrentVisitor, client: str = "", said: Said = "") -> HTMLResponse:
    """Show the queues of one's roles, of every practice one sees or of one of them."""
    site = visitor.site
    at = site.now()
    practices = list_practices(visitor)
    chosen = choose_practices(practices, client)
    seen = person_of(visitor).access.queues
    with reading(site.database_url, [practice.id for practice in chosen]) as session:
        every = work_lists.count_queues(session, [practice.id for practice in chosen], at)
    counts = {
        practice.key: [one for one in every if one.client_id == practice.id and one.queue in seen]
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
        may_take=may_take(visitor),
        said=to_said(said),
        texts={queue: QUEUE_TEXTS[queue] for queue in Queue if queue in seen},
    )


def queue_rows(counts: Iterable[PracticeQueueCount], at: datetime) -> list[QueueRow]:
    """Make one line of each queue in which something waits, in the order of the cycle."""
    by_queue: dict[Queue, list[PracticeQueueCount]] = {}
    for count in counts:
        by_queue.setdefault(count.queue, []).append(count)
    return [
        QueueRow(queue, QUEUE_TEXTS[queue], add_up(by_queue[queue], at))
        for queue in Queue
        if queue in by_queue
    ]
