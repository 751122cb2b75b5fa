"""Every clock that runs, over all practices that a person sees."""

from datetime import date, timedelta
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from models.documents.clock import ClockKind
from models.values.access import Right
from revcycle.store import clocks
from revcycle.store.audit import record_act
from revcycle.store.clocks import ClockChoice, RunningClock
from revcycle.store.session import across
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.clock_texts import KIND_WORDS, show_clock
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.practices import Practice, act_at, choose_practices, list_practices

router = APIRouter(dependencies=[needs(Right.SEE_WORK)])
PERIODS: Final = (0, 7, 14, 30, 90)  # days from today; 0: what is over or ends today
Within = Annotated[int | None, Query(ge=0, le=3650)]


@router.get("/clocks")
def show_clocks(
    visitor: CurrentVisitor,
    client: str = "",
    kind: ClockKind | None = None,
    within: Within = None,
    after: date | None = None,
    after_id: UUID | None = None,
) -> Response:
    """List clocks by their end, fifty at a time, with how many of each kind run."""
    practices = list_practices(visitor)
    chosen = choose_practices(practices, client)
    today = _today(visitor, chosen)
    place = (after, after_id) if after is not None and after_id is not None else None
    until = None if within is None else today + timedelta(days=within)
    choice = ClockChoice(frozenset({kind} if kind else ()), until, place)
    ids = [practice.id for practice in chosen]
    with across(visitor.site.database_url, ids) as session:
        counted = ClockChoice(until=until)
        counts = clocks.count_running_clocks(session, ids, counted, today=today)
        found = clocks.list_running_clocks(session, ids, choice, limit=LINES_OF_PAGE + 1)
        shown = found[:LINES_OF_PAGE]
        seen = {one.client_key for one in shown}
        for practice in (one for one in chosen if one.key in seen):
            act = act_at(visitor, practice)
            record_act(session, practice.id, act, "see_clocks", "clock", None)
    return visitor.show(
        "clocks.html",
        here="clocks",
        practices=practices,
        several=len(chosen) > 1,
        client=client,
        kind=kind,
        within=within,
        periods=PERIODS,
        kinds=KIND_WORDS,
        counts=counts,
        names={practice.key: practice.name for practice in chosen},
        clocks=[show_clock(one, today) for one in shown],
        is_first=place is None,
        first=_query(client, kind, within, None),
        more=_query(client, kind, within, shown[-1]) if len(found) > len(shown) else "",
        today=today,
    )


def _today(visitor: CurrentVisitor, practices: list[Practice]) -> date:
    """Take the earliest day of the practices shown, so that no clock is called over too soon."""
    if not practices:
        return visitor.site.now().date()
    return min(act_at(visitor, practice).today for practice in practices)


def _query(
    client: str, kind: ClockKind | None, within: int | None, last: RunningClock | None
) -> str:
    """Write the part of an address after the question mark."""
    named = {"client": client, "kind": kind or "", "within": "" if within is None else within}
    if last is not None:
        named |= {"after": last.ends_on.isoformat(), "after_id": str(last.id)}
    return urlencode({name: value for name, value in named.items() if value != ""})
