"""The room of refunds: asked for, paid, at the bank; and every open credit with its clock."""

from collections.abc import Callable
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path, Query
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.refund import RefundState
from models.values.access import Right
from models.values.money import total
from revcycle.operations.refunds.clear_refund import clear_refund
from revcycle.operations.refunds.void_refund import void_refund
from revcycle.rules.refunds.check_refund import REASONS
from revcycle.store import credit_balances, refunds
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, person_of
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.item_page import SEE_OTHER
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.panes.refund_facts import STATE_WORDS
from workbench.pages.practices import act_at, practice_of
from workbench.pages.said import Said, to_said

router = books_router()
posting = books_router(Right.POST_MONEY)
RefundId = Annotated[UUID, Path()]
CLOCKS_SHOWN: Final = 50


@router.get("/refunds")
def show_refunds(
    visitor: CurrentVisitor,
    client: str,
    page: PageNumber = 1,
    state: Annotated[str, Query(max_length=20)] = "",
    said: Said = "",
    problem: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show open credits by the day on which they must be back, and refunds, the latest first."""
    practice = practice_of(visitor, client)
    states = [one for one in RefundState if one == state]
    with reading(visitor.site.database_url, [practice.id]) as session:
        clocks = credit_balances.list_clocks(session, practice.id)
        standing = credit_balances.list_standing_credits(session, practice.id)
        shown = page_of(page, refunds.count_refunds(session, practice.id, states=states))
        found = refunds.list_refunds(
            session, practice.id, states=states, limit=LINES_OF_PAGE, offset=shown.offset
        )
    return show_books(
        visitor,
        "refunds.html",
        practice,
        room="refunds",
        clocks=clocks[:CLOCKS_SHOWN],
        clock_count=len(clocks),
        standing=total(one.amount for one in standing),
        refunds=found,
        page=shown,
        state=states[0] if states else "",
        states=STATE_WORDS,
        reasons=REASONS,
        today=act_at(visitor, practice).today,
        may_post=person_of(visitor).may(Right.POST_MONEY),
        said=to_said(said),
        problem="It is not in a state in which that can happen." if problem else "",
    )


@posting.post("/refunds/{refund_id}/clear")
def clear(visitor: CurrentVisitor, client: str, refund_id: RefundId) -> Response:
    """Say that the bank shows the check."""
    return _act(
        visitor,
        client,
        lambda session, act: clear_refund(session, act, refund_id),
        "refund_cleared",
    )


@posting.post("/refunds/{refund_id}/void")
def void(visitor: CurrentVisitor, client: str, refund_id: RefundId) -> Response:
    """Take a refund back whose check was never cashed."""
    return _act(
        visitor,
        client,
        lambda session, act: void_refund(session, act, refund_id),
        "refund_void",
    )


def _act(visitor: Visitor, client: str, do: Callable[[Session, Act], None], said: str) -> Response:
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    address = f"/books/{practice.key}/refunds"
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            do(session, act)
    except NotFoundError:
        raise
    except RejectedError:
        return RedirectResponse(f"{address}?problem=state", SEE_OTHER)
    return RedirectResponse(f"{address}?said={said}", SEE_OTHER)
