"""Payments that differ from contracts, payer by payer, and the claims that each sum is made of."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import Response

from models.states.variance import VarianceState
from models.values.money import total
from revcycle.operations.contracts.what_if import last_quarter
from revcycle.rules.contracts.reason_words import say_reason
from revcycle.store.audit import record_act
from revcycle.store.session import transaction
from revcycle.store.variance_figures import (
    PayerVariances,
    VarianceFilter,
    count_variances,
    list_variances,
    sum_by_payer,
)
from workbench.pages.access import CurrentVisitor
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.panes.variance_texts import STATE_WORDS
from workbench.pages.practices import act_at, practice_of

router = books_router()
OVER, UNDER = "over", "under"
GIVEN_UP = (VarianceState.ACCEPTED, VarianceState.WRITTEN_OFF)
Word = Annotated[str, Query(max_length=60)]


@router.get("/variances")
def show_variances(
    visitor: CurrentVisitor,
    client: str,
    first: Annotated[date | None, Query()] = None,
    last: Annotated[date | None, Query()] = None,
    payer: Word = "",
    state: Annotated[list[VarianceState], Query(max_length=6)] = [],  # noqa: B006 - FastAPI copies
    side: Annotated[str, Query(pattern="^(over|under)?$")] = "",
    page: PageNumber = 1,
) -> Response:
    """Show the sums of a period, from the last quarter's first day unless said, and the claims."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    since, until = first or last_quarter(act.today)[0], last or act.today
    is_over = {OVER: True, UNDER: False}.get(side)
    wanted = VarianceFilter(since, until, payer, tuple(state), is_over)
    with transaction(visitor.site.database_url, practice.id) as session:
        sums = sum_by_payer(session, practice.id, since, until)
        shown = page_of(page, count_variances(session, practice.id, wanted))
        rows = list_variances(
            session, practice.id, wanted, offset=shown.offset, limit=LINES_OF_PAGE
        )
        record_act(session, practice.id, act, "see_variances", "variance", None)
    asked = [("first", since.isoformat()), ("last", until.isoformat())]
    kept = [*asked, ("payer", payer), *(("state", one) for one in state), ("side", side)]
    return show_books(
        visitor,
        "variances.html",
        practice,
        room="variances",
        first=since,
        last=until,
        sums=sums,
        whole=_whole(sums),
        rows=rows,
        page=shown,
        is_narrowed=bool(payer or state or side),
        asked=urlencode(asked),
        kept=urlencode([pair for pair in kept if pair[1]]),
        given_up=urlencode([("state", one) for one in GIVEN_UP]),
        state_words=STATE_WORDS,
        say_reason=say_reason,
    )


def _whole(sums: list[PayerVariances]) -> PayerVariances:
    return PayerVariances(
        "",
        "All payers",
        sum(one.claims for one in sums),
        total(one.underpaid for one in sums),
        total(one.overpaid for one in sums),
        total(one.disputed for one in sums),
        total(one.recovered for one in sums),
        total(one.given_up for one in sums),
    )
