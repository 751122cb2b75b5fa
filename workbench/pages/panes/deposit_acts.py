"""What people do about a deposit or a remittance whose other half is missing."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue, WorkItemState
from models.values.access import Right
from revcycle.operations.deposits.match_by_hand import match_by_hand
from revcycle.operations.deposits.set_aside import set_aside
from revcycle.operations.work.open_item import get_item
from revcycle.store import work_items
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.form_texts import Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.places import place_in, prefix_of

router = APIRouter(prefix=prefix_of(Queue.DEPOSIT), dependencies=[needs(Right.POST_MONEY)])
Place = Annotated[ItemPlace, place_in(Queue.DEPOSIT)]
Ids = Annotated[list[UUID], Form()]
NO_IDS: Final[list[UUID]] = []


@router.post("/match")
def match(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    remittance_id: Ids = NO_IDS,
    other_id: Ids = NO_IDS,
    then: ThenField = Then.LIST,
) -> Response:
    """Match what the item is about with what was chosen; the item closes with it."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        lines, remittances = list(other_id), list(remittance_id)
        (lines if line.subject_kind == "bank_line" else remittances).append(line.subject_id)
        match_by_hand(session, act, lines, remittances)
        _close(session, act, line, token, "matched")
        return "deposit_matched"

    return work(visitor, place, do, then=then)


@router.post("/set-aside")
def put_aside(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    reason: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Say that no payer's money came with the line of the item."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        if line.subject_kind != "bank_line":
            msg = "only a line of the bank can be set aside"
            raise RejectedError(msg)
        set_aside(session, act, line.subject_id, reason=reason)
        _close(session, act, line, token, "set aside")
        return "deposit_set_aside"

    return work(visitor, place, do, then=then, typed={"reason": reason})


def _close(session: Session, act: Act, line: WorkLine, token: int, resolution: str) -> None:
    """Close the item unless the step before closed it with its cause."""
    session.flush()
    if get_item(session, act.client_id, line.id).state is WorkItemState.OPEN:
        work_items.close_leased_work_item(
            session, act.client_id, act, line.id, token=token, resolution=resolution
        )
