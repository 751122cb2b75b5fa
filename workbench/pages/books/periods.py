"""Months of the books: which are closed, and closing the next one."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from models.errors import RejectedError
from models.values.access import Right
from models.values.months import next_month
from revcycle.operations.books.close_period import close_period, find_month_to_close
from revcycle.store.periods import list_closed_months
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor
from workbench.pages.books.book_address import read_month, words
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.said import Said, to_said

router = books_router(Right.KEEP_BOOKS)
NOT_CONFIRMED = "Nothing was closed: say first that you want it."


@router.get("/periods")
def show_periods(visitor: CurrentVisitor, client: str, said: Said = "") -> Response:
    """Show closed months and the one that can be closed next."""
    return _show(visitor, practice_of(visitor, client), said=to_said(said))


@router.post("/periods/close")
def close_month(
    visitor: CurrentVisitor,
    client: str,
    month: Annotated[str, Form(max_length=10)],
    confirmed: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Close the month that was shown; a second click changes nothing."""
    practice = practice_of(visitor, client)
    if confirmed != "yes":
        return _show(visitor, practice, problem=NOT_CONFIRMED)
    try:
        done = _close(visitor, practice, read_month(month))
    except RejectedError as error:
        return _show(visitor, practice, problem=f"Nothing was closed: {error}.")
    said = "was_closed" if done else "month_closed"
    return RedirectResponse(f"/books/{practice.key}/periods?said={said}", HTTPStatus.SEE_OTHER)


def _close(visitor: Visitor, practice: Practice, month: date | None) -> bool:
    """Close a month and tell whether it was closed before."""
    if month is None:
        msg = "no month was named"
        raise RejectedError(msg)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        return close_period(session, act, month).was_closed


def _show(visitor: Visitor, practice: Practice, *, said: str = "", problem: str = "") -> Response:
    act = act_at(visitor, practice)
    with reading(visitor.site.database_url, [practice.id]) as session:
        closed = list_closed_months(session, practice.id)
        turn = find_month_to_close(session, act, closed)
    return show_books(
        visitor,
        "periods.html",
        practice,
        room="periods",
        closed=list(reversed(closed)),
        turn=turn,
        is_over=turn is not None and act.today >= next_month(turn),
        closable_from=next_month(turn) if turn else None,
        said=said,
        problem=problem,
        words=words(),
    )
