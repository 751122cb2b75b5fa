"""The packet of an appeal: choose its parts, look at it, keep it as it leaves."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.denial import AppealPicture, DenialPicture
from models.documents.packet import PacketPartKind
from models.errors import NotFoundError, RejectedError
from models.states.appeal import AppealState
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.formats.pdf.packet import join_packet
from revcycle.operations.denials.gather_packet import PacketChoice, gather_packet
from revcycle.operations.denials.keep_packet import keep_packet
from revcycle.store import audit
from revcycle.store.appeals import list_appeals
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.packets import find_content
from revcycle.store.session import transaction
from revcycle.store.work_items import require_lease
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.claim_facts import claim_facts_of
from workbench.pages.item_page import ItemPlace, show_item
from workbench.pages.items import Token
from workbench.pages.panes.opened import opened_item
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.panes.places import place_in, prefix_of

router = APIRouter()
IN_APPEALS: Final = prefix_of(Queue.APPEAL)
IN_DENIALS: Final = prefix_of(Queue.DENIAL)
AppealPlace = Annotated[ItemPlace, place_in(Queue.APPEAL)]
DenialPlace = Annotated[ItemPlace, place_in(Queue.DENIAL)]


@router.post(f"{IN_APPEALS}/packet.pdf", dependencies=[needs(Right.WORK_DENIALS)])
def make_packet(
    visitor: CurrentVisitor,
    place: AppealPlace,
    token: Token,
    part: Annotated[list[PacketPartKind], Form()] = [],  # noqa: B006 - FastAPI copies it
    record: Annotated[list[UUID], Form()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Join the chosen parts into one PDF, keep it, and give it."""
    choice = PacketChoice(frozenset(part), frozenset(record))
    with opened_item(visitor, place) as (session, opened):
        act, practice = opened.act, opened.practice
        require_lease(session, act.client_id, act, opened.line.id, token=token)
        denial, appeal = _last_appeal(session, opened)
        sources = gather_packet(
            session,
            act,
            denial,
            appeal,
            choice,
            practice=claim_facts_of(practice),
            zone=ZoneInfo(practice.time_zone),
        )
    try:
        packet = join_packet(sources)
    except RejectedError as error:  # a record that cannot be joined: say which way out there is
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return show_item(visitor, place, problem=str(error), status=status)
    with transaction(visitor.site.database_url, practice.id) as session:
        require_lease(session, act.client_id, act, opened.line.id, token=token)
        keep_packet(session, act, appeal.id, packet)
    return pdf_answer(packet.content, _name(appeal.id))


@router.get(f"{IN_APPEALS}/packet.pdf", dependencies=[needs(Right.WORK_DENIALS)])
def show_packet(
    visitor: CurrentVisitor, place: AppealPlace, appeal_id: UUID | None = None
) -> Response:
    """Give the packet that is kept for a letter: what left, not what would be made today."""
    return _show(visitor, place, appeal_id)


@router.get(f"{IN_DENIALS}/packet.pdf", dependencies=[needs(Right.WORK_DENIALS)])
def show_earlier_packet(
    visitor: CurrentVisitor, place: DenialPlace, appeal_id: UUID | None = None
) -> Response:
    """Give the packet of an earlier letter, while the denial is worked again."""
    return _show(visitor, place, appeal_id)


def _show(visitor: Visitor, place: ItemPlace, appeal_id: UUID | None) -> Response:
    with opened_item(visitor, place) as (session, opened):
        act = opened.act
        denial = get_denial_picture(session, act.client_id, opened.line.subject_id)
        known = [one.id for one in list_appeals(session, act.client_id, denial.id)]
        wanted = appeal_id or (known[-1] if known else None)
        content = find_content(session, act.client_id, wanted) if wanted in known else None
        if content is None or wanted is None:
            msg = "no packet is kept for this letter"
            raise NotFoundError(msg)
        audit.record_act(session, act.client_id, act, "see_packet", "appeal", wanted)
    return pdf_answer(content, _name(wanted))


def _last_appeal(session: Session, opened: OpenedItem) -> tuple[DenialPicture, AppealPicture]:
    """Find the letter that waits to be sent.

    Raises:
        RejectedError: there is none.
    """
    denial = get_denial_picture(session, opened.act.client_id, opened.line.subject_id)
    written = list_appeals(session, opened.act.client_id, denial.id)
    if not written or written[-1].state is not AppealState.PREPARED:
        msg = "no letter waits to be sent; its packet stays as it left"
        raise RejectedError(msg)
    return denial, written[-1]


def _name(appeal_id: UUID) -> str:
    return f"packet-{str(appeal_id)[-12:]}"
