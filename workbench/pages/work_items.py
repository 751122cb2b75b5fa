"""One queue: what waits in it, fifty items a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.work import WorkFilter, WorkLine
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.rules.work.needs import to_need_words
from revcycle.store import audit, saved_views, staff, work_lists, work_orders
from revcycle.store.session import showing
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.form_texts import Text
from workbench.pages.item_page import SEE_OTHER, is_for_part, may_take, require_queue
from workbench.pages.list_address import CurrentList, ListAddress, to_after
from workbench.pages.list_texts import COLUMNS_OF_QUEUES, HOLD_TEXTS, ORDER_TEXTS
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.practices import Practice, act_at, choose_practices, list_practices
from workbench.pages.queue_texts import QUEUE_TEXTS
from workbench.pages.said import Said, to_said
from workbench.pages.sealed_texts import open_text, seal_text

router = APIRouter(prefix="/queues/{queue}", dependencies=[needs(Right.SEE_WORK)])


@dataclass(frozen=True, slots=True, repr=False)
class WorkRow:
    """One item as a row of the list."""

    practice: Practice
    line: WorkLine

    @property
    def address(self) -> str:
        """Where the item opens."""
        return f"/queues/{self.line.queue}/{self.practice.key}/{self.line.id}"

    @property
    def choice(self) -> str:
        """What the tick box says."""
        return f"{self.practice.key}:{self.line.id}"


@dataclass(frozen=True, slots=True, repr=False)
class WorkPage:
    """One page of a list.

    Attributes:
        count: How many items the whole list has, up to ``work_lists.COUNT_MAX``.
        after: Where the next page begins; empty on the last.
    """

    rows: Sequence[WorkRow]
    count: int
    after: str

    @property
    def count_text(self) -> str:
        """Write the count."""
        is_cut = self.count >= work_lists.COUNT_MAX
        return f"{self.count:,}{' or more' if is_cut else ''}"


@router.get("")
def show_work_items(
    visitor: CurrentVisitor, queue: Queue, here: CurrentList, request: Request, said: Said = ""
) -> Response:
    """Show one page of what waits in a queue, for every practice one sees or for one of them.

    Raises:
        NoRightError: no role of the person works in this queue.
    """
    require_queue(visitor, queue)
    practices = list_practices(visitor)
    chosen = choose_practices(practices, here.client)
    at = visitor.site.now()
    ids = [practice.id for practice in chosen]
    wanted = here.to_filter(visitor, queue, at)
    with showing(visitor.site.database_url, ids) as (looking, session):
        words = visitor.site.words.recall(looking, ids, queue, at)
        reasons = work_lists.find_reasons_named(looking, ids, queue, here.reason)
        wanted = replace(wanted, reasons=reasons)
        count = work_lists.count_work(looking, ids, wanted)
        views = saved_views.list_views(looking, person_of(visitor).staff_member_id, queue)
        people = staff.list_logins(looking) if person_of(visitor).may(Right.ASSIGN_WORK) else []
        page = _page(session, visitor, here, wanted, chosen, count)
    return visitor.show(
        "work_rows.html" if is_for_part(request) else "work_items.html",
        here="queues",
        at=at,
        zero=timedelta(0),
        queue=queue,
        text=QUEUE_TEXTS[queue],
        columns=COLUMNS_OF_QUEUES[queue],
        practices=practices,
        several=len(chosen) > 1,
        address=here,
        sought=open_text(visitor, here.q),
        holds=HOLD_TEXTS,
        orders=ORDER_TEXTS,
        reasons=words.reasons,
        payers=words.payers,
        needs=words.needs,
        need_words=to_need_words,
        people=people,
        views=views,
        page=page,
        may_take=may_take(visitor),
        leads=person_of(visitor).may(Right.ASSIGN_WORK),
        said=to_said(said),
    )


@router.post("/search")
def search(visitor: CurrentVisitor, queue: Queue, here: CurrentList, sought: Text = "") -> Response:
    """Narrow the list to a text, which the address then holds sealed."""
    require_queue(visitor, queue)
    query = here.query(q=seal_text(visitor, sought))
    return RedirectResponse(f"/queues/{queue}?{query}", SEE_OTHER)


def _page(
    session: Session,
    visitor: Visitor,
    here: ListAddress,
    wanted: WorkFilter,
    chosen: Sequence[Practice],
    count: int,
) -> WorkPage:
    """Read a page; that its patients were seen goes into the trail of each practice."""
    of_ids = {practice.id: practice for practice in chosen}
    lines = work_lists.list_work(
        session, list(of_ids), wanted, here.order, after=here.to_place(), limit=LINES_OF_PAGE + 1
    )
    shown = lines[:LINES_OF_PAGE]
    seen = {line.client_id for line in shown}
    if seen:
        act = act_at(visitor, of_ids[shown[0].client_id])
        audit.record_list_read(session, seen, act, str(wanted.queue))
    is_last = len(lines) <= LINES_OF_PAGE
    after = "" if is_last else to_after(work_orders.place_of(shown[-1], here.order))
    return WorkPage([WorkRow(of_ids[line.client_id], line) for line in shown], count, after)
