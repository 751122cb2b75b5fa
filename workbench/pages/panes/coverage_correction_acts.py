"""What people do about a member number that a payer corrected."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.states.coverage_correction import CoverageCorrectionEvent
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.verification.decide_correction import decide_correction
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.places import place_in, prefix_of

router = APIRouter(
    prefix=prefix_of(Queue.VERIFICATION), dependencies=[needs(Right.VERIFY_COVERAGE)]
)
Place = Annotated[ItemPlace, place_in(Queue.VERIFICATION)]


@router.post("/accept-number")
def accept_number(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Give the coverage the number that the payer said."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        decide_correction(session, act, line.id, CoverageCorrectionEvent.ACCEPT, token=token)
        return "number_accepted"

    return work(visitor, place, do, then=then)


@router.post("/refuse-number")
def refuse_number(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Keep our number; the payer's is not proposed again."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        decide_correction(session, act, line.id, CoverageCorrectionEvent.REFUSE, token=token)
        return "number_refused"

    return work(visitor, place, do, then=then)
