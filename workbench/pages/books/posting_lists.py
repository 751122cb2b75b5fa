"""The payments and claims behind the figures of posting: each list sums to the number it is of."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from revcycle.store.posting_lists import (
    PaymentsWanted,
    Touched,
    list_claims,
    list_payments,
    sum_claims,
    sum_payments,
)
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor
from workbench.pages.books.book_address import DayText, read_day
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.books.posting_rates import PERIOD_DAYS
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.practices import Practice, act_at, practice_of

router = books_router()
Payer = Annotated[str, Query(max_length=60)]
TITLES: Final[Mapping[Touched, str]] = MappingProxyType(
    {
        Touched.ALL: "Claims of payments",
        Touched.UNTOUCHED: "Claims that posted by themselves",
        Touched.ASKED: "Claims asked about",
    }
)
MEANINGS: Final[Mapping[Touched, str]] = MappingProxyType(
    {
        Touched.ALL: "every claim that the payments judge",
        Touched.UNTOUCHED: "claims that were booked, or noted, and about which nobody was asked",
        Touched.ASKED: "claims that were set aside, or about which a person was asked",
    }
)


@router.get("/posting/payments")
def show_payments(
    visitor: CurrentVisitor,
    client: str,
    *,
    first: DayText = "",
    last: DayText = "",
    payer: Payer = "",
    after: UUID | None = None,
) -> Response:
    """Show the payments of a period; no patient is named."""
    practice = practice_of(visitor, client)
    wanted = _wanted(visitor, practice, first, last, payer)
    with reading(visitor.site.database_url, [practice.id]) as session:
        found = list_payments(session, practice.id, wanted, after=after, limit=LINES_OF_PAGE + 1)
        whole = sum_payments(session, practice.id, wanted)
    return show_books(
        visitor,
        "posting_payments.html",
        practice,
        room="posting",
        rows=found[:LINES_OF_PAGE],
        whole=whole,
        wanted=wanted,
        query=_query(wanted),
        is_first=after is None,
        next_after=found[LINES_OF_PAGE - 1].id if len(found) > LINES_OF_PAGE else None,
    )


@router.get("/posting/claims")
def show_claims(
    visitor: CurrentVisitor,
    client: str,
    *,
    first: DayText = "",
    last: DayText = "",
    payer: Payer = "",
    which: Touched = Touched.ALL,
    after: UUID | None = None,
) -> Response:
    """Show the claims of a period's payments with their lines; no patient is named."""
    practice = practice_of(visitor, client)
    wanted = _wanted(visitor, practice, first, last, payer)
    with reading(visitor.site.database_url, [practice.id]) as session:
        found = list_claims(
            session, practice.id, wanted, which, after=after, limit=LINES_OF_PAGE + 1
        )
        whole = sum_claims(session, practice.id, wanted, which)
    return show_books(
        visitor,
        "posting_claims.html",
        practice,
        room="posting",
        rows=found[:LINES_OF_PAGE],
        whole=whole,
        wanted=wanted,
        which=which,
        title=TITLES[which],
        meaning=MEANINGS[which],
        titles=TITLES,
        query=_query(wanted),
        is_first=after is None,
        next_after=found[LINES_OF_PAGE - 1].id if len(found) > LINES_OF_PAGE else None,
    )


def _wanted(
    visitor: CurrentVisitor, practice: Practice, first: str, last: str, payer: str
) -> PaymentsWanted:
    """Read the period; without one the days that the figures show."""
    until = read_day(last) or act_at(visitor, practice).today
    since = read_day(first) or until - timedelta(days=PERIOD_DAYS - 1)
    return PaymentsWanted(since, until, payer)


def _query(wanted: PaymentsWanted) -> str:
    period = {"first": wanted.since.isoformat(), "last": wanted.until.isoformat()}
    return urlencode({**period, "payer": wanted.payer_name} if wanted.payer_name else period)
