"""One field that finds patients, claims, payments and files over every practice one sees.

What is typed may name a patient: it travels in the body of a form, and stands in an address only
sealed.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from models.documents.search import FoundKind
from models.values.access import FieldKind, FieldView, Right
from revcycle.operations.search.find_records import FoundGroup, find_records
from revcycle.operations.search.read_question import read_question
from revcycle.store.session import across
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.form_texts import Text
from workbench.pages.found_texts import FoundLines, to_lines
from workbench.pages.list_address import SealedText
from workbench.pages.practices import act_at, list_practices
from workbench.pages.sealed_texts import open_text, seal_text

router = APIRouter(prefix="/search", dependencies=[needs(Right.SEE_PATIENTS)])

SEE_OTHER: Final = 303
SHOWN_OF_KIND: Final = 8
SHOWN_OF_ONE_KIND: Final = 100  # who needs more types more


@router.get("")
def show_search(
    visitor: CurrentVisitor,
    q: SealedText = "",
    kind: Annotated[FoundKind | None, Query()] = None,
) -> Response:
    """Show the field, and what was found; of one kind, if it is named, more than of all."""
    typed = open_text(visitor, q)
    return visitor.show(
        "search.html",
        here="search",
        typed=typed,
        sealed=q if typed else "",
        kind=kind,
        limit=SHOWN_OF_ONE_KIND,
        groups=_find(visitor, typed, kind),
        is_too_short=_is_too_short(typed),
    )


@router.post("")
def search(visitor: CurrentVisitor, typed: Text = "") -> Response:
    """Look for a text: the one record with a number opens, anything else is listed."""
    found = _find(visitor, typed, None)
    if len(found) == 1 and found[0].is_exact and len(found[0].lines) == 1:
        return RedirectResponse(found[0].lines[0].address, SEE_OTHER)
    sealed = seal_text(visitor, typed)
    return RedirectResponse(f"/search?q={sealed}" if sealed else "/search", SEE_OTHER)


@router.post("/typed")
def search_while_typing(visitor: CurrentVisitor, typed: Text = "") -> Response:
    """List what is found so far, as a piece of the page; nothing else changes."""
    return visitor.show(
        "search_found.html",
        here="search",
        typed=typed.strip(),
        sealed=seal_text(visitor, typed),
        kind=None,
        limit=SHOWN_OF_ONE_KIND,
        groups=_find(visitor, typed, None),
        is_too_short=_is_too_short(typed),
    )


def _is_too_short(typed: str) -> bool:
    return bool(typed.strip()) and read_question(typed).is_empty


def _find(visitor: Visitor, typed: str, kind: FoundKind | None) -> list[FoundLines]:
    question, practices = read_question(typed), list_practices(visitor)
    if question.is_empty or not practices:
        return []
    of_ids = {practice.id: practice for practice in practices}
    access = person_of(visitor).access
    with across(visitor.site.database_url, of_ids.keys()) as session:
        groups: list[FoundGroup] = find_records(
            session,
            list(of_ids),
            question,
            act_at(visitor, practices[0]),
            limit=SHOWN_OF_KIND if kind is None else SHOWN_OF_ONE_KIND,
            kinds=tuple(FoundKind) if kind is None else (kind,),
            sees_member_ids=access.view_of(FieldKind.MEMBER_ID) is FieldView.SHOWN,
        )
    return to_lines(groups, of_ids, access)
