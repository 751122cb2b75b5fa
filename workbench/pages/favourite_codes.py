"""Favourite codes of a practice: those that come first while somebody types."""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models.errors import RejectedError
from models.values.access import Right
from models.values.billing_codes import CodeKind, CodeSystem, to_code_text
from revcycle.operations.coding.find_favourites import find_most_used
from revcycle.operations.coding.mark_favourite import mark_favourite, unmark_favourite
from revcycle.store import billing_codes, favourite_codes
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.form_texts import Text
from workbench.pages.practices import act_at, practice_of
from workbench.pages.said import Said, to_said

router = APIRouter(prefix="/codes/{client}/favourites", dependencies=[needs(Right.CODE)])
OF_PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class FavouriteLine:
    """A code with a star, or one that the practice uses most."""

    code: str
    text: str
    title: str
    is_of_practice: bool = False


@router.get("")
def show_favourites(visitor: CurrentVisitor, client: str, said: Said = "") -> Response:
    """List codes with a star, and those that the practice uses most."""
    return _page(visitor, client, said=to_said(said))


@router.post("/mark")
def mark(visitor: CurrentVisitor, client: str, code: Text = "", whose: Text = "") -> Response:
    """Give a code a star."""
    practice = practice_of(visitor, client)
    plain = code.replace(".", "").strip().upper()
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            mark_favourite(
                session,
                practice.id,
                act_at(visitor, practice),
                plain,
                is_of_practice=whose == OF_PRACTICE,
            )
    except RejectedError as error:
        return _page(visitor, client, problem=str(error), status=HTTPStatus.CONFLICT)
    return _back(client, "starred")


@router.post("/unmark")
def unmark(visitor: CurrentVisitor, client: str, code: Text = "", whose: Text = "") -> Response:
    """Take the star of a code away."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        unmark_favourite(session, practice.id, act, code, is_of_practice=whose == OF_PRACTICE)
    return _back(client, "unstarred")


def _back(client: str, word: str) -> Response:
    return RedirectResponse(f"/codes/{client}/favourites?said={word}", HTTPStatus.SEE_OTHER)


def _page(
    visitor: Visitor,
    client: str,
    *,
    said: str = "",
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with reading(visitor.site.database_url, [practice.id]) as session:
        stars = favourite_codes.list_favourites(session, practice.id, act.actor)
        systems = frozenset(CodeSystem)
        wanted = [one.code for one in stars]
        titles = {
            one.code: one.title for one in billing_codes.list_by_codes(session, systems, wanted)
        }
        used = find_most_used(session, practice.id, list(CodeKind), act.today)
    return visitor.show(
        "favourite_codes.html",
        here="queues",
        status_code=status,
        practice=practice,
        stars=[
            FavouriteLine(
                one.code,
                to_code_text(one.system, one.code),
                titles.get(one.code, ""),
                one.is_of_practice,
            )
            for one in stars
        ],
        used=[FavouriteLine(one.code, one.text, one.title) for one in used],
        said=said,
        problem=problem,
    )
