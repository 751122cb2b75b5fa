"""What is done about records that a payer asks for before it decides."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import DenialPicture
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.denials.end_records import end_records
from revcycle.operations.denials.request_records import request_records
from revcycle.operations.denials.send_appeal import SendingWay
from revcycle.operations.denials.send_records import send_records
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.form_texts import LongText
from workbench.pages.item_page import ItemPlace, Then
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.denial_work import Seen, work_denial
from workbench.pages.panes.payer_terms import playbook_of
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.DENIAL))
Place = Annotated[ItemPlace, place_in(Queue.DENIAL)]


@router.post("/records", dependencies=[needs(Right.WORK_DENIALS)])
def ask(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    asked: LongText,
    send_by: Annotated[date, Form()],
    then: ThenField = Then.LIST,
) -> Response:
    """Write down what the payer wants to see."""

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        request_records(session, act, denial.id, asked=asked, send_by=send_by)
        return "records_requested"

    typed = {"asked": asked, "send_by": send_by.isoformat(), "act": "records"}
    return work_denial(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/records/sent", dependencies=[needs(Right.WORK_DENIALS)])
def sent(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    way: Annotated[SendingWay, Form()],
    sent_on: Annotated[date, Form()],
    file: Annotated[list[UUID], Form()] = [],  # noqa: B006 - FastAPI copies it
    then: ThenField = Then.LIST,
) -> Response:
    """Say that the records left, and which files."""

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        send_records(session, act, denial.id, way=way, sent_on=sent_on, attachment_ids=file)
        return "records_sent"

    typed = {"way": str(way), "sent_on": sent_on.isoformat()}
    return work_denial(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/records/ended", dependencies=[needs(Right.WORK_DENIALS)])
def ended(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Go on: the payer keeps to its decision, or there is nothing to send."""
    plays = playbook_of(practice_of(visitor, place.client))

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        end_records(session, act, denial.id, plays=plays)
        return "records_ended"

    return work_denial(visitor, place, do, token=token, seen=seen, then=then)
