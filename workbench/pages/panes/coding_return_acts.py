"""What a coder does with a chart that came back and of which nothing can be billed."""

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.intake.void_encounter import void_encounter
from revcycle.store import claims, work_items
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.form_texts import Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import Token
from workbench.pages.panes.intake import VOID_REASONS
from workbench.pages.panes.places import place_in, prefix_of

router = APIRouter(prefix=prefix_of(Queue.CODING), dependencies=[needs(Right.CODE)])
HERE = place_in(Queue.CODING)


@router.post("/void")
def void(
    visitor: CurrentVisitor, token: Token, reason: Text = "", place: ItemPlace = HERE
) -> Response:
    """Void the visit: its claim, which waits for the codes, is closed with it."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        _require_returned(session, act, line)
        if reason not in VOID_REASONS:
            msg = "choose why nothing of it can be billed"
            raise RejectedError(msg)
        void_encounter(session, act, line.subject_id, reason=reason)
        return "voided"

    return work(visitor, place, do, then=Then.LIST, typed={"void_reason": reason})


def _require_returned(session: Session, act: Act, line: WorkLine) -> None:
    """Let a coder void what came back from a claim; other charts are voided at intake.

    Raises:
        RejectedError: no claim waits for the chart.
    """
    if claims.find_claim_of_recoding(session, act.client_id, line.subject_id) is None:
        msg = "no claim waits for this chart: intake voids visits that were never billed"
        raise RejectedError(msg)
