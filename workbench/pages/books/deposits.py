"""Deposits: what the bank shows, and which remittances explain it."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.bank_line import BankLineState
from models.values.access import Right
from revcycle.operations.deposits.cancel_out import cancel_out
from revcycle.operations.deposits.match_by_hand import match_by_hand
from revcycle.operations.deposits.set_aside import SET_ASIDE_REASONS, bring_back, set_aside
from revcycle.operations.deposits.unmatch_deposit import unmatch_deposit
from revcycle.store.deposits import count_bank_lines, list_bank_lines
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, person_of
from workbench.pages.books import deposit_texts
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.books.deposit_picture import picture_line, policy_of, terms_of
from workbench.pages.form_texts import Text
from workbench.pages.practices import act_at, practice_of
from workbench.pages.said import Said, to_said

router = APIRouter()
seen = books_router()
acts = books_router(Right.POST_MONEY)
LINES_OF_PAGE = 50
Ids = Annotated[list[UUID], Form()]
Do = Callable[[Session, Act], None]


@seen.get("/deposits")
def show_deposits(
    visitor: CurrentVisitor,
    client: str,
    state: BankLineState | None = None,
    before: date | None = None,
    before_id: UUID | None = None,
) -> Response:
    """List bank lines of a state, the newest first; what the bank wrote stands on their pages."""
    practice = practice_of(visitor, client)
    after = (before, before_id) if before and before_id else None
    with reading(visitor.site.database_url, [practice.id]) as session:
        totals = count_bank_lines(session, practice.id)
        lines = list_bank_lines(session, practice.id, state, after=after, limit=LINES_OF_PAGE + 1)
    return show_books(
        visitor,
        "deposits.html",
        practice,
        room="deposits",
        state=state,
        totals=totals,
        lines=lines[:LINES_OF_PAGE],
        more=lines[LINES_OF_PAGE - 1] if len(lines) > LINES_OF_PAGE else None,
        is_first=after is None,
        texts=deposit_texts,
        reasons=SET_ASIDE_REASONS,
        watches=policy_of(practice.key) is not None,
        may_post=person_of(visitor).may(Right.POST_MONEY),
    )


@seen.get("/deposits/{bank_line_id}")
def show_deposit(
    visitor: CurrentVisitor,
    client: str,
    bank_line_id: UUID,
    search: Annotated[str, Query(max_length=80)] = "",
    said: Said = "",
) -> Response:
    """Show one bank line with its candidates and its matches."""
    return _show(visitor, client, bank_line_id, search=search, said=said)


@acts.post("/deposits/{bank_line_id}/match")
def match(
    visitor: CurrentVisitor,
    client: str,
    bank_line_id: UUID,
    remittance_id: Ids = [],  # noqa: B006 - the framework copies it
    other_id: Ids = [],  # noqa: B006 - the framework copies it
) -> Response:
    """Match the line, with others if some were chosen, with the remittances that were chosen."""
    line_ids = [bank_line_id, *other_id]
    return _do(
        visitor,
        client,
        bank_line_id,
        lambda session, act: match_by_hand(session, act, line_ids, remittance_id),
        "deposit_matched",
    )


@acts.post("/deposits/{bank_line_id}/unmatch")
def unmatch(visitor: CurrentVisitor, client: str, bank_line_id: UUID) -> Response:
    """Take the line off what it is matched with."""
    policy = policy_of(client)
    return _do(
        visitor,
        client,
        bank_line_id,
        lambda session, act: unmatch_deposit(session, act, bank_line_id, policy),
        "deposit_unmatched",
    )


@acts.post("/deposits/{bank_line_id}/set-aside")
def put_aside(
    visitor: CurrentVisitor, client: str, bank_line_id: UUID, reason: Text = ""
) -> Response:
    """Say that no payer's money came with the line."""
    return _do(
        visitor,
        client,
        bank_line_id,
        lambda session, act: set_aside(session, act, bank_line_id, reason=reason),
        "deposit_set_aside",
    )


@acts.post("/deposits/{bank_line_id}/bring-back")
def take_back(visitor: CurrentVisitor, client: str, bank_line_id: UUID) -> Response:
    """Book a line that was set aside."""
    policy = policy_of(client)
    return _do(
        visitor,
        client,
        bank_line_id,
        lambda session, act: bring_back(session, act, bank_line_id, policy),
        "deposit_brought_back",
    )


@acts.post("/deposits/{bank_line_id}/cancel-out")
def cancel(
    visitor: CurrentVisitor, client: str, bank_line_id: UUID, other_id: Annotated[UUID, Form()]
) -> Response:
    """Put the line against the one that took it back."""
    return _do(
        visitor,
        client,
        bank_line_id,
        lambda session, act: cancel_out(session, act, bank_line_id, other_id),
        "deposit_returned",
    )


router.include_router(seen)
router.include_router(acts)


def _do(visitor: Visitor, client: str, bank_line_id: UUID, do: Do, said: str) -> Response:
    """Do one thing in one transaction; what is refused changes nothing and is said."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            do(session, act)
    except NotFoundError:
        raise
    except RejectedError as error:
        return _show(visitor, client, bank_line_id, problem=str(error))
    address = f"/books/{practice.key}/deposits/{bank_line_id}?said={said}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _show(
    visitor: Visitor,
    client: str,
    bank_line_id: UUID,
    *,
    search: str = "",
    said: str = "",
    problem: str = "",
) -> Response:
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        picture = picture_line(session, act, bank_line_id, terms_of(practice.key), search=search)
    response = show_books(
        visitor,
        "deposit.html",
        practice,
        room="deposits",
        picture=picture,
        texts=deposit_texts,
        reasons=SET_ASIDE_REASONS,
        search=search,
        said=to_said(said),
        problem=problem,
        may_post=person_of(visitor).may(Right.POST_MONEY),
    )
    if problem:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response
