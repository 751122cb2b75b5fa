"""Do the same with many items of a queue."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.work.assign_items import LacksSkillError, assign_items
from revcycle.operations.work.prioritize_items import prioritize_items
from revcycle.operations.work.put_off_items import put_off_items
from revcycle.store.session import across
from workbench.pages.access import CurrentVisitor, NoRightError, Visitor, needs, person_of
from workbench.pages.form_texts import Text
from workbench.pages.item_page import SEE_OTHER, require_queue
from workbench.pages.items import MORNING
from workbench.pages.list_address import CurrentList
from workbench.pages.practices import Practice, act_at, practice_of

router = APIRouter(prefix="/queues/{queue}/bulk", dependencies=[needs(Right.SEE_WORK)])
CHOSEN_MAX = 50  # a page of the list
Chosen = Annotated[list[str], Form(max_length=CHOSEN_MAX)]


class BulkAct(StrEnum):
    """What is done with the chosen items."""

    ASSIGN = "assign"
    ASSIGN_IN_SPITE = "assign_in_spite"  # of skills that the assignee lacks
    SNOOZE = "snooze"
    WAKE = "wake"
    PRIORITIZE = "prioritize"


RIGHT_OF_ACTS = {
    BulkAct.ASSIGN: Right.TAKE_WORK,
    BulkAct.ASSIGN_IN_SPITE: Right.ASSIGN_WORK,
    BulkAct.SNOOZE: Right.TAKE_WORK,
    BulkAct.WAKE: Right.TAKE_WORK,
    BulkAct.PRIORITIZE: Right.ASSIGN_WORK,
}


@router.post("")
def change_chosen(
    visitor: CurrentVisitor,
    queue: Queue,
    here: CurrentList,
    act: Annotated[BulkAct, Form()],
    chosen: Chosen = [],  # noqa: B006 - FastAPI copies it
    assignee: Text = "",
    until: Annotated[date | None, Form()] = None,
    priority: Annotated[int, Form()] = 0,
) -> Response:
    """Change the chosen items, all of them or none; come back to the list.

    Raises:
        NoRightError: the person may not do this.
        RejectedError: nothing is chosen, or what is asked for is refused.
    """
    require_queue(visitor, queue)
    person = person_of(visitor)
    # Leads who take no work themselves, such as managers, still say who does.
    if not (person.may(RIGHT_OF_ACTS[act]) or person.may(Right.ASSIGN_WORK)):
        raise NoRightError

    def change(session: Session, at_practice: Act, ids: Sequence[UUID], zone: str) -> int:
        if act is BulkAct.PRIORITIZE:
            return prioritize_items(session, at_practice, ids, priority=priority)
        if act in {BulkAct.ASSIGN, BulkAct.ASSIGN_IN_SPITE}:
            return assign_items(
                session,
                at_practice,
                ids,
                queue=queue,
                assignee=assignee or None,
                is_lead=person.may(Right.ASSIGN_WORK),
                in_spite=act is BulkAct.ASSIGN_IN_SPITE,
            )
        morning = _morning(until, zone) if act is BulkAct.SNOOZE else None
        return put_off_items(session, at_practice, ids, until=morning)

    said = "changed"
    try:
        _change_each(visitor, _by_practice(visitor, chosen), change)
    except LacksSkillError:
        said = "lacks_skill"
    query = here.query()
    return RedirectResponse(f"/queues/{queue}?{query}{'&' if query else ''}said={said}", SEE_OTHER)


def _change_each(
    visitor: Visitor,
    chosen: dict[Practice, list[UUID]],
    change: Callable[[Session, Act, Sequence[UUID], str], int],
) -> None:
    """Change items of all practices or of none; whoever comes at once finds them in one order."""
    acts = {one: act_at(visitor, one) for one in sorted(chosen, key=lambda one: one.key)}
    with across(visitor.site.database_url, [one.id for one in acts]) as session:
        for practice, act in acts.items():
            change(session, act, chosen[practice], practice.time_zone)


def _by_practice(visitor: Visitor, chosen: Sequence[str]) -> dict[Practice, list[UUID]]:
    """Read ``practice:item`` of each ticked box.

    Raises:
        NotFoundError: one names a practice that does not exist for this person, or no item.
        RejectedError: nothing is ticked.
    """
    if not chosen:
        msg = "tick the items that you mean"
        raise RejectedError(msg)
    ids: dict[Practice, list[UUID]] = defaultdict(list)
    for text in chosen:
        key, _, item_id = text.partition(":")
        try:
            ids[practice_of(visitor, key)].append(UUID(item_id))
        except ValueError as error:
            msg = "a ticked box names no item"
            raise NotFoundError(msg) from error
    return ids


def _morning(until: date | None, zone: str) -> datetime:
    if until is None:
        msg = "say until which day"
        raise RejectedError(msg)
    return datetime.combine(until, MORNING, tzinfo=ZoneInfo(zone))
