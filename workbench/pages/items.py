"""What people do with one item, whatever it is about: take it, keep it, leave it to others."""

from datetime import date, datetime, time
from http import HTTPStatus
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.work.annotate_item import annotate_item
from revcycle.operations.work.assign_items import assign_items
from revcycle.operations.work.escalate_item import escalate_item
from revcycle.operations.work.finish_item import finish_item
from revcycle.operations.work.keep_item import give_back_item, keep_item
from revcycle.operations.work.open_item import get_item, open_item
from revcycle.operations.work.put_off_items import put_off_items
from revcycle.store import staff_assignments
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, NoRightError, needs, person_of
from workbench.pages.form_texts import LongText, Text
from workbench.pages.item_page import ItemPlace, Then, lead_to_next, require_queue, show_item, work
from workbench.pages.practices import act_at, practice_of
from workbench.pages.said import Said

router = APIRouter(prefix="/queues/{queue}/{client}/{item_id}")
MORNING = time(8)


def read_place(queue: Queue, client: str, item_id: UUID) -> ItemPlace:
    """Read which item an address names."""
    return ItemPlace(queue, client, item_id)


Place = Annotated[ItemPlace, Depends(read_place)]
Token = Annotated[int, Form(ge=0)]
ThenField = Annotated[Then, Form()]


@router.get("", dependencies=[needs(Right.SEE_WORK)])
def show(visitor: CurrentVisitor, place: Place, request: Request, said: Said = "") -> Response:
    """Show an item; nobody takes it by looking."""
    return show_item(visitor, place, request=request, said=said)


@router.post("/take", dependencies=[needs(Right.TAKE_WORK)])
def take(visitor: CurrentVisitor, place: Place) -> Response:
    """Take the item into one's hands."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _require_taker(session, visitor, line)
        open_item(session, act, line.id)
        return "taken"

    return work(visitor, place, do)


@router.post("/keep", dependencies=[needs(Right.TAKE_WORK)])
def keep(visitor: CurrentVisitor, place: Place, token: Token) -> Response:
    """Say that the page is still open, so that the item stays in one's hands."""
    require_queue(visitor, place.queue)
    practice = practice_of(visitor, place.client)
    with transaction(visitor.site.database_url, practice.id) as session:
        is_kept = keep_item(session, act_at(visitor, practice), place.item_id, token=token)
    return Response(status_code=HTTPStatus.NO_CONTENT if is_kept else HTTPStatus.CONFLICT)


@router.post("/give-back", dependencies=[needs(Right.TAKE_WORK)])
def give_back(visitor: CurrentVisitor, place: Place) -> Response:
    """Free the item for others."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        give_back_item(session, act, line.id)
        return "given_back"

    return work(visitor, place, do, then=Then.LIST)


@router.post("/skip", dependencies=[needs(Right.TAKE_WORK)])
def skip(visitor: CurrentVisitor, place: Place) -> Response:
    """Leave the item to others and take the next one of the queue.

    Raises:
        NotFoundError: the practice has no such item.
    """
    require_queue(visitor, place.queue)
    practice = practice_of(visitor, place.client)
    with reading(visitor.site.database_url, [practice.id]) as session:
        get_item(session, practice.id, place.item_id)
    return lead_to_next(
        visitor, [place.queue], leaving=place.item_id, otherwise=f"/queues/{place.queue}"
    )


@router.post("/snooze", dependencies=[needs(Right.TAKE_WORK)])
def snooze(visitor: CurrentVisitor, place: Place, until: Annotated[date, Form()]) -> Response:
    """Put the item off until the morning of a day."""
    zone = ZoneInfo(practice_of(visitor, place.client).time_zone)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        morning = datetime.combine(until, MORNING, tzinfo=zone)
        if not put_off_items(session, act, [line.id], until=morning):
            msg = "it is finished, or in somebody else's hands"
            raise RejectedError(msg)
        return "put_off"

    return work(visitor, place, do, then=Then.LIST, typed={"until": until.isoformat()})


@router.post("/wake", dependencies=[needs(Right.TAKE_WORK)])
def wake(visitor: CurrentVisitor, place: Place) -> Response:
    """Let an item that was put off wait again."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        put_off_items(session, act, [line.id], until=None)
        return "woken"

    return work(visitor, place, do)


@router.post("/escalate", dependencies=[needs(Right.TAKE_WORK)])
def escalate(visitor: CurrentVisitor, place: Place, why: LongText = "") -> Response:
    """Leave the item to team leads, and say why."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        escalate_item(session, act, line.id, why=why)
        return "escalated"

    return work(visitor, place, do, then=Then.LIST, typed={"why": why})


@router.post("/note", dependencies=[needs(Right.TAKE_WORK)])
def note(visitor: CurrentVisitor, place: Place, text: LongText = "") -> Response:
    """Write something down for whoever takes the item next."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        annotate_item(session, act, line.id, text=text)
        return "noted"

    return work(visitor, place, do, typed={"text": text})


@router.post("/hand-over", dependencies=[needs(Right.TAKE_WORK)])
def hand_over(
    visitor: CurrentVisitor,
    place: Place,
    *,
    assignee: Text = "",
    in_spite: Annotated[bool, Form()] = False,
) -> Response:
    """Let the item wait for somebody else; for whoever works here if nobody is named."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        changed = assign_items(
            session,
            act,
            [line.id],
            queue=line.queue,
            assignee=assignee or None,
            is_lead=person_of(visitor).may(Right.ASSIGN_WORK),
            in_spite=in_spite,
        )
        if not changed:
            msg = "it is finished, or in somebody else's hands"
            raise RejectedError(msg)
        return "handed_over"

    return work(visitor, place, do, then=Then.LIST, typed={"assignee": assignee})


@router.post("/finish", dependencies=[needs(Right.TAKE_WORK)])
def finish(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    what: LongText = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Finish the item whose work was done elsewhere."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        finish_item(session, act, line.id, token=token, what=what)
        return "finished"

    return work(visitor, place, do, then=then, typed={"what": what})


def _require_taker(session: Session, visitor: CurrentVisitor, line: WorkLine) -> None:
    """Refuse whoever is not assigned to the queue, unless the item or the lead is theirs.

    Raises:
        NoRightError: the person takes no work of this queue at this practice.
    """
    person = person_of(visitor)
    if line.assignee == person.login or person.may(Right.ASSIGN_WORK):
        return
    queues = staff_assignments.list_assigned_queues(session, line.client_id, person.staff_member_id)
    if line.queue not in queues:
        raise NoRightError
