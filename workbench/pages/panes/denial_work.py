"""The one way in which a form about a denial changes anything."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import DenialPicture
from models.documents.work import WorkLine
from models.errors import NotFoundError
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.work_items import StaleLeaseError, require_lease
from workbench.pages.access import Visitor
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.panes.denial_texts import LABELS, denial_values
from workbench.pages.panes.pane import NOTHING_TYPED
from workbench.pages.panes.unchanged import require_unchanged

Seen = Annotated[str, Form(max_length=64)]
DoWithDenial = Callable[[Session, Act, DenialPicture], str]


def work_denial(
    visitor: Visitor,
    place: ItemPlace,
    do: DoWithDenial,
    *,
    token: int,
    seen: str,
    then: Then,
    typed: Mapping[str, str] = NOTHING_TYPED,
    is_decision: bool = False,
) -> Response:
    """Do something about the denial of an item that the person holds, if it is still as shown.

    Args:
        visitor: Who asks.
        place: The item.
        do: Calls an operation; returns a word of ``SAID``.
        token: Of the lease.
        seen: The fingerprint of what the form was filled in for.
        then: Where to go afterwards.
        typed: What to show again if it is refused.
        is_decision: Whoever decides as the second person need not hold the item, as long as
            nobody else does.
    """

    def do_safely(session: Session, act: Act, line: WorkLine) -> str:
        if not is_decision or line.holder == act.actor:
            require_lease(session, act.client_id, act, line.id, token=token)
        elif line.holder:
            msg = f"work item {line.id} is held by {line.holder}"
            raise StaleLeaseError(msg)
        if line.subject_kind != "denial":
            msg = f"work item {line.id} is not about a denial"
            raise NotFoundError(msg)
        denial = get_denial_picture(session, act.client_id, line.subject_id)
        require_unchanged(seen, denial_values(denial), {}, LABELS)
        return do(session, act, denial)

    return work(visitor, place, do_safely, then=then, typed=typed)
