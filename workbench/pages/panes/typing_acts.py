"""Keep what a person types and has not saved, or throw it away: the same for every form."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from revcycle.operations.coding.keep_typed_codes import forget_typed_codes, keep_typed_codes
from revcycle.store.work_items import StaleLeaseError
from workbench.pages.access import Visitor
from workbench.pages.item_page import ItemPlace, work
from workbench.pages.panes.opened import opened_item


def keep_typing(
    visitor: Visitor, place: ItemPlace, token: int, typed: Mapping[str, str]
) -> Response:
    """Keep what is typed now, and say so in a line; whoever lost the item is told."""
    try:
        with opened_item(visitor, place) as (session, opened):
            keep_typed_codes(session, opened.act, place.item_id, token=token, fields=typed)
    except StaleLeaseError:
        return visitor.show(
            "panes/typing_kept.html", here="queues", kept_at=None, status_code=HTTPStatus.CONFLICT
        )
    return visitor.show(
        "panes/typing_kept.html",
        here="queues",
        kept_at=opened.act.at,
        time_zone=opened.practice.time_zone,
    )


def forget_typing(visitor: Visitor, place: ItemPlace, token: int) -> Response:
    """Throw away what was kept, and show the record as it is saved."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        forget_typed_codes(session, act, line.id, token=token)
        return "typing_forgotten"

    return work(visitor, place, do)
