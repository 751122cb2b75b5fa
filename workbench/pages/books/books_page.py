"""What the pages of the books share: the gate, the tabs and the choice of a practice."""

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from models.values.access import Right
from workbench.pages.access import Visitor, needs, person_of
from workbench.pages.books.rooms import group_rooms, offered_rooms
from workbench.pages.practices import Practice, list_practices


def books_router(right: Right = Right.SEE_BOOKS) -> APIRouter:
    """Make a router for a room of one practice's books, for those who have the right."""
    return APIRouter(prefix="/books/{client}", dependencies=[needs(right)])


def show_books(
    visitor: Visitor, template: str, practice: Practice, *, room: str, **facts: object
) -> HTMLResponse:
    """Show a room of a practice's books. Never call it inside an open transaction.

    Args:
        visitor: Who asks.
        template: A file of ``templates/workbench/books``, which calls ``books.head``.
        practice: Whose books they are.
        room: The name of the tab that is marked.
        facts: What the page says, as plain values; never a row of a table.
    """
    rights = frozenset(right for right in Right if person_of(visitor).may(right))
    return visitor.show(
        f"books/{template}",
        here="books",
        status_code=HTTPStatus.OK,
        practice=practice,
        practices=list_practices(visitor),
        room=room,
        room_groups=group_rooms(offered_rooms(visitor.site.paths, rights)),
        **facts,
    )
