"""One key takes the best item."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response

from models.states.work_item import Queue
from models.values.access import Right
from workbench.pages.access import CurrentVisitor, needs, person_of
from workbench.pages.item_page import lead_to_next, require_queue

router = APIRouter(prefix="/next", dependencies=[needs(Right.TAKE_WORK)])


@router.post("")
def take_next_item(
    visitor: CurrentVisitor,
    queue: Annotated[Queue | None, Form()] = None,
    leaving: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Take the best item of one queue, or of every queue that the person works in."""
    if queue is not None:
        require_queue(visitor, queue)
    queues = sorted(person_of(visitor).access.queues) if queue is None else [queue]
    otherwise = "/" if queue is None else f"/queues/{queue}"
    return lead_to_next(visitor, queues, leaving=leaving, otherwise=otherwise)
