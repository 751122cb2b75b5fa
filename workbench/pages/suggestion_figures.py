"""What becomes of suggested codes, by coder and practice, and the charts behind the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from models.values.access import Right
from revcycle.rules.suggestions.outcomes import DEFINITIONS
from revcycle.store.audit import record_act
from revcycle.store.session import across, reading
from revcycle.store.suggested_codes import (
    SuggestedChart,
    SuggestionFigures,
    list_suggested_charts,
    sum_up_suggestions,
)
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.board.board_address import DAY_CHOICES, BoardView, CurrentBoard, ShortText
from workbench.pages.board.board_rows import percent
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, PageOf, page_of
from workbench.pages.practices import Practice, act_at

ADDRESS: Final = "/coding/suggestions"
router = APIRouter(prefix="/coding", dependencies=[needs(Right.SEE_BOARD)])


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """The figures of one coder at one practice, and the charts that they count."""

    practice: Practice
    figures: SuggestionFigures
    at_first: str
    within_ten: str
    charts: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One completed chart that had suggestions; ``address`` is empty where it may not be seen."""

    practice: Practice
    chart: SuggestedChart
    address: str


def load_rows(session: Session, view: BoardView, login: str = "") -> list[SuggestionRow]:
    """Add up what became of suggestions in the shown days, of one person or of everybody."""
    found = sum_up_suggestions(session, view.client_ids, view.period, login)
    return [_row(view, one) for one in found]


@router.get("/suggestions")
def show_suggestion_figures(
    visitor: CurrentVisitor, view: CurrentBoard, login: ShortText = "", page: PageNumber = 1
) -> HTMLResponse:
    """Show the shares of every coder, and with a login the charts that they count."""
    with reading(visitor.site.database_url, view.client_ids) as session:
        rows = load_rows(session, view)
    lines = sum(one.figures.charts for one in rows if one.figures.login == login)
    shown = page_of(page, lines)
    return visitor.show(
        "suggestion_figures.html",
        here="people",
        view=view,
        day_choices=DAY_CHOICES,
        address=ADDRESS,
        rows=rows,
        login=login,
        charts=_read_charts(visitor, view, login, shown) if lines else [],
        page=shown,
        kept=view.query(login=login),
        definitions=DEFINITIONS,
    )


def _read_charts(visitor: Visitor, view: BoardView, login: str, page: PageOf) -> Sequence[ChartRow]:
    """Read charts, which lead to patients, and note at each practice that they were seen."""
    acts = {practice.id: act_at(visitor, practice) for practice in view.chosen}
    may_open = person_of(visitor).may(Right.SEE_PATIENTS)
    with across(visitor.site.database_url, view.client_ids) as session:
        found = list_suggested_charts(
            session,
            view.client_ids,
            view.period,
            login,
            limit=LINES_OF_PAGE,
            offset=page.offset,
        )
        for client_id in {one.client_id for one in found}:
            record_act(session, client_id, acts[client_id], "see_suggested_charts", "client", None)
    return [_chart(view, one, may_open=may_open) for one in found]


def _row(view: BoardView, one: SuggestionFigures) -> SuggestionRow:
    practice = view.practice(one.client_id)
    return SuggestionRow(
        practice,
        one,
        percent(one.at_first, one.codes),
        percent(one.within_ten, one.codes),
        f"{ADDRESS}?{view.query(client=practice.key, login=one.login)}#charts",
    )


def _chart(view: BoardView, one: SuggestedChart, *, may_open: bool) -> ChartRow:
    practice = view.practice(one.client_id)
    address = f"/practices/{practice.key}/encounters/{one.encounter_id}" if may_open else ""
    return ChartRow(practice, one, address)
