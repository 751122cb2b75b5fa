"""The charts that a person coded, and the questions asked about them: behind the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from models.values.access import Right
from revcycle.store import people_figures
from revcycle.store.asked_questions import AskedQuestion, list_questions
from revcycle.store.audit import record_act
from revcycle.store.people_figures import DoneItem
from revcycle.store.session import across
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.board.board_address import BoardView, CurrentBoard
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.people import find_name
from workbench.pages.practices import Practice, act_at

router = APIRouter(prefix="/people")
Found = DoneItem | AskedQuestion


@dataclass(frozen=True, slots=True)
class CoderLine:
    """One chart or question of a list.

    Attributes:
        ended_at: When the chart was completed, or the question answered; None while it waits.
        took: How long the chart was in hand, or the question waited; None when not known.
        address: Of the encounter; empty where it may not be seen.
    """

    practice: Practice
    began_at: datetime | None
    ended_at: datetime | None
    took: timedelta | None
    address: str


@router.get("/me/charts", dependencies=[needs(Right.TAKE_WORK)])
def show_own_charts(
    visitor: CurrentVisitor, view: CurrentBoard, page: PageNumber = 1
) -> HTMLResponse:
    """Show a person the charts that the own pace counts."""
    return _show(visitor, view, person_of(visitor).login, "charts", page, is_own=True)


@router.get("/me/questions", dependencies=[needs(Right.TAKE_WORK)])
def show_own_questions(
    visitor: CurrentVisitor, view: CurrentBoard, page: PageNumber = 1
) -> HTMLResponse:
    """Show a person the own questions to providers."""
    return _show(visitor, view, person_of(visitor).login, "questions", page, is_own=True)


@router.get("/{login}/charts", dependencies=[needs(Right.SEE_BOARD)])
def show_charts(
    visitor: CurrentVisitor, view: CurrentBoard, login: str, page: PageNumber = 1
) -> HTMLResponse:
    """Show the charts that a person's pace counts.

    Raises:
        NotFoundError: nobody of this login works for these practices.
    """
    return _show(visitor, view, login, "charts", page, is_own=False)


@router.get("/{login}/questions", dependencies=[needs(Right.SEE_BOARD)])
def show_questions(
    visitor: CurrentVisitor, view: CurrentBoard, login: str, page: PageNumber = 1
) -> HTMLResponse:
    """Show what a person asked providers.

    Raises:
        NotFoundError: nobody of this login works for these practices.
    """
    return _show(visitor, view, login, "questions", page, is_own=False)


def _show(
    visitor: Visitor, view: BoardView, login: str, kind: str, number: int, *, is_own: bool
) -> HTMLResponse:
    acts = {practice.id: act_at(visitor, practice) for practice in view.chosen}
    may_open = person_of(visitor).may(Right.SEE_PATIENTS)
    with across(visitor.site.database_url, view.client_ids) as session:
        name = "" if is_own else find_name(session, view, login)
        found = _read(session, view, login, kind)
        page = page_of(number, len(found))
        shown = found[page.offset : page.offset + LINES_OF_PAGE]
        for client_id in {one.client_id for one in shown}:
            record_act(session, client_id, acts[client_id], f"see_coder_{kind}", "client", None)
    person = "/people/me" if is_own else f"/people/{login}"
    return visitor.show(
        f"coder_{kind}.html",
        here="own_figures" if is_own else "people",
        view=view,
        name=name,
        own_page=person,
        address=f"{person}/{kind}",
        page=page,
        lines=[_line(view, one, may_open=may_open) for one in shown],
    )


def _read(session: Session, view: BoardView, login: str, kind: str) -> Sequence[Found]:
    if kind == "questions":
        return list_questions(session, view.client_ids, view.period, login)
    items = people_figures.list_done_items(session, view.client_ids, view.period, login)
    charts = [one for one in items if one.is_coded_chart]
    return sorted(charts, key=lambda one: (one.closed_at, one.subject_id), reverse=True)


def _line(view: BoardView, one: Found, *, may_open: bool) -> CoderLine:
    practice = view.practice(one.client_id)
    began_at: datetime | None
    ended_at: datetime | None
    if isinstance(one, AskedQuestion):
        began_at, ended_at, encounter_id = one.asked_at, one.answered_at, one.encounter_id
    else:
        began_at, ended_at, encounter_id = one.taken_at, one.closed_at, one.subject_id
    took = None
    if began_at and ended_at and began_at <= ended_at:
        took = ended_at - began_at
    address = f"/practices/{practice.key}/encounters/{encounter_id}" if may_open else ""
    return CoderLine(practice, began_at, ended_at, took, address)
