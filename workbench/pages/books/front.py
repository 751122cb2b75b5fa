"""The door of the books: which practice's?"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from models.values.access import Right
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.books.rooms import BooksRoom, offered_rooms
from workbench.pages.practices import Practice, list_practices, practice_of

router = APIRouter(prefix="/books", dependencies=[needs(Right.SEE_BOOKS)])


@router.get("")
def show_front(
    visitor: CurrentVisitor,
    client: Annotated[str, Query(max_length=80)] = "",
    room: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """List the practices, or go on to the books of the one that was chosen, or the only one."""
    practices = [practice_of(visitor, client)] if client else list_practices(visitor)
    if len(practices) == 1:
        return _go_on(visitor, practices[0], room)
    return visitor.show("books/front.html", here="books", practices=practices)


def _go_on(visitor: Visitor, practice: Practice, name: str) -> Response:
    room = _room(visitor, name)
    return RedirectResponse(room.address(practice.key), HTTPStatus.SEE_OTHER)


def _room(visitor: Visitor, name: str) -> BooksRoom:
    """Find the room of this name, else the first one."""
    rights = frozenset(right for right in Right if person_of(visitor).may(right))
    rooms = offered_rooms(visitor.site.paths, rights)
    return next((one for one in rooms if one.name == name), rooms[0])
