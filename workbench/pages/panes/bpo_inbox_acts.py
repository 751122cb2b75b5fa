"""What leads do with files that reached the wrong practice."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.files.hand_to_practice import hand_to_practice, return_to_sender
from revcycle.store.inbound_files import get_inbound_file
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.form_texts import LongText, Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.bpo_inbox import fitting_practices, payments_of
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import act_at, practice_of

router = APIRouter(prefix=prefix_of(Queue.BPO_INBOX), dependencies=[needs(Right.TAKE_WORK)])
Place = Annotated[ItemPlace, place_in(Queue.BPO_INBOX)]


@router.post("/hand-on")
def hand_on(
    visitor: CurrentVisitor, place: Place, token: Token, to: Text = "", then: ThenField = Then.LIST
) -> Response:
    """Give the file to the practice it is for; only to one that its identifiers name."""
    holder, receiver = practice_of(visitor, place.client), practice_of(visitor, to)
    receiving = act_at(visitor, receiver)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        file = get_inbound_file(session, act.client_id, line.subject_id)
        opened = OpenedItem(visitor, holder, act, line)
        fits = fitting_practices(session, opened, payments_of(file.content))
        if receiver.id not in {one.id for one in fits}:
            msg = "the payee of this file is not that practice"
            raise RejectedError(msg)
        hand_to_practice(session, act, line.id, token=token, receiver=receiving)
        return "handed_on"

    return work(visitor, place, do, then=then, also=[receiver.id])


@router.post("/return")
def give_to_sender(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    note: LongText = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Close the item of a file that is for nobody of ours, with a note of who was told."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        return_to_sender(session, act, line.id, token=token, note=note)
        return "returned_to_sender"

    return work(visitor, place, do, then=then, typed={"note": note})
