"""One queue: what waits in it, most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Right
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items
from workbench.pages.access import CurrentVisitor, NoRightError, needs, person_of
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, PageOf, page_of
from workbench.pages.practices import Practice, choose_practices, list_practices
from workbench.pages.queue_texts import QUEUE_TEXTS
from workbench.pages.queues import count_open
from workbench.pages.site import Site
from workbench.pages.tally import add_up

router = APIRouter(prefix="/queues", dependencies=[needs(Right.SEE_WORK)])

# Several practices are merged from the top, so a page costs what all pages before it cost.
PAGES_OF_SEVERAL_PRACTICES_MAX = 10


@dataclass(frozen=True, slots=True, repr=False)
class WorkItemLine:
    """One item as a line of the list. ``detail`` may name a patient, so ``repr`` is off."""

    practice: Practice
    id: UUID
    priority: int
    due_at: datetime
    opened_at: datetime
    reason: str
    field: str
    detail: str
    subject_kind: str
    subject_id: UUID
    holder: str

    @property
    def urgency(self) -> tuple[int, datetime, UUID]:
        """What the list is ordered by, the same as in the database."""
        return self.priority, self.due_at, self.id

    def overdue_by(self, at: datetime) -> timedelta:
        """Tell by how much it is overdue; negative while there is time."""
        return at - self.due_at


@router.get("/{queue}")
def show_work_items(
    visitor: CurrentVisitor, queue: Queue, client: str = "", page: PageNumber = 1
) -> HTMLResponse:
    """Show one page of what waits in a queue, for every practice one sees or for one of them.

    Raises:
        NoRightError: no role of the person works in this queue.
    """
    if queue not in person_of(visitor).access.queues:
        raise NoRightError
    site = visitor.site
    at = site.now()
    practices = list_practices(visitor)
    chosen = choose_practices(practices, client)
    total = add_up(
        (one for each in chosen for one in count_open(site, each, at) if one.queue == queue), at
    )
    several = len(chosen) > 1
    shown = page_of(page, total.open, PAGES_OF_SEVERAL_PRACTICES_MAX if several else 0)
    return visitor.show(
        "work_items.html",
        here="queues",
        at=at,
        queue=queue,
        text=QUEUE_TEXTS[queue],
        practices=practices,
        client=client,
        several=several,
        chosen_name="" if several or not chosen else chosen[0].name,
        total=total,
        page=shown,
        lines=list_lines(site, chosen, queue, shown),
    )


def list_lines(
    site: Site, practices: Sequence[Practice], queue: Queue, page: PageOf
) -> list[WorkItemLine]:
    """List one page, most urgent first over all the practices given."""
    if len(practices) == 1:
        return _lines_of(site, practices[0], queue, offset=page.offset, limit=LINES_OF_PAGE)
    upto = page.offset + LINES_OF_PAGE
    lists = [_lines_of(site, practice, queue, offset=0, limit=upto) for practice in practices]
    in_order = merge(*lists, key=lambda line: line.urgency)
    return list(islice(in_order, page.offset, upto))


def _lines_of(
    site: Site, practice: Practice, queue: Queue, *, offset: int, limit: int
) -> list[WorkItemLine]:
    with transaction(site.database_url, practice.id) as session:
        rows = list_open_work_items(session, practice.id, queue, limit=limit, offset=offset)
        return [_line(practice, row) for row in rows]


def _line(practice: Practice, row: WorkItem) -> WorkItemLine:
    return WorkItemLine(
        practice=practice,
        id=row.id,
        priority=row.priority,
        due_at=row.due_at,
        opened_at=row.opened_at,
        reason=row.reason,
        field=row.field,
        detail=row.detail,
        subject_kind=row.subject_kind.replace("_", " "),
        subject_id=row.subject_id,
        holder=row.lease_holder or "",
    )
