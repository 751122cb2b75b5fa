"""Opening an item for a part of a page, or for what is printed of it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from sqlmodel import Session

from models.errors import NotFoundError
from revcycle.operations.work.open_item import get_item
from revcycle.store.session import transaction
from workbench.pages.access import Visitor
from workbench.pages.item_page import ItemPlace, require_queue
from workbench.pages.panes.pane import NOTHING_TYPED, OpenedItem
from workbench.pages.practices import act_at, practice_of


@contextmanager
def opened_item(
    visitor: Visitor, place: ItemPlace, typed: Mapping[str, str] = NOTHING_TYPED
) -> Generator[tuple[Session, OpenedItem]]:
    """Open the item that an address names, in a transaction of its practice.

    Raises:
        NotFoundError: no such item exists for this person.
        NoRightError: no role of the person works in this queue.
    """
    require_queue(visitor, place.queue)
    practice = practice_of(visitor, place.client)
    with transaction(visitor.site.database_url, practice.id) as session:
        line = get_item(session, practice.id, place.item_id)
        if line.queue is not place.queue:
            msg = f"work item {place.item_id} is in another queue"
            raise NotFoundError(msg)
        yield session, OpenedItem(visitor, practice, act_at(visitor, practice), line, typed)
