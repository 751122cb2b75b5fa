"""Keep a way of looking at a queue under a name."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator

from models.states.work_item import Queue
from models.values.access import Right
from revcycle.store import saved_views
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, needs, person_of
from workbench.pages.form_texts import Text, without_controls
from workbench.pages.item_page import SEE_OTHER, require_queue
from workbench.pages.list_address import CurrentList

router = APIRouter(prefix="/queues/{queue}/views", dependencies=[needs(Right.SEE_WORK)])
NAME_MAX = 60


def to_view_name(typed: str) -> str:
    """Read the name of a view.

    Raises:
        ValueError: nothing of it can be read.
    """
    name = without_controls(typed).strip()
    if not name:
        msg = "the view needs a name"
        raise ValueError(msg)
    return name


ViewName = Annotated[str, Form(max_length=NAME_MAX), AfterValidator(to_view_name)]


@router.post("")
def keep(
    visitor: CurrentVisitor,
    queue: Queue,
    here: CurrentList,
    name: ViewName,
) -> Response:
    """Keep the filters and the order of the address; one of the same name is replaced."""
    require_queue(visitor, queue)
    member_id = person_of(visitor).staff_member_id
    with transaction(visitor.site.database_url) as session:
        saved_views.keep_view(session, member_id, queue, name=name, query=here.query())
    return RedirectResponse(f"/queues/{queue}?{_with_said(here.query(), 'view_kept')}", SEE_OTHER)


@router.post("/drop")
def drop(visitor: CurrentVisitor, queue: Queue, name: Text) -> Response:
    """Forget a view."""
    require_queue(visitor, queue)
    with transaction(visitor.site.database_url) as session:
        saved_views.drop_view(session, person_of(visitor).staff_member_id, queue, name=name)
    return RedirectResponse(f"/queues/{queue}?{_with_said('', 'view_dropped')}", SEE_OTHER)


def _with_said(query: str, word: str) -> str:
    said = urlencode({"said": word})
    return f"{query}&{said}" if query else said
