"""What a second person decides about the write-off of a denial."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import DenialPicture
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.approvals.policies import to_approver
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.refuse_write_off import refuse_write_off
from workbench.pages.access import CurrentVisitor, needs, person_of
from workbench.pages.client_files import find_client_file
from workbench.pages.item_page import ItemPlace, Then
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.denial_work import Seen, work_denial
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.APPROVAL))
Place = Annotated[ItemPlace, place_in(Queue.APPROVAL)]


@router.post("/approve-write-off", dependencies=[needs(Right.APPROVE_WRITE_OFFS)])
def approve(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Give the amount up, as the second person and within the limit of the person's roles."""
    practice = practice_of(visitor, place.client)
    person = person_of(visitor)
    approver = to_approver(person.login, person.roles, find_client_file(practice.key))

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        approve_write_off(session, act, denial.id, approver=approver)
        return "written_off"

    return work_denial(visitor, place, do, token=token, seen=seen, then=then, is_decision=True)


@router.post("/refuse-write-off", dependencies=[needs(Right.APPROVE_WRITE_OFFS)])
def refuse(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Send the denial back to whoever works it."""

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        refuse_write_off(session, act, denial.id)
        return "write_off_refused"

    return work_denial(visitor, place, do, token=token, seen=seen, then=then, is_decision=True)
