"""What people do about a payment that is not as agreed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.formats.pdf.letter import render_letter
from revcycle.operations.approvals.policies import variance_limit
from revcycle.operations.contracts.let_variance_be import let_variance_be
from revcycle.operations.contracts.settle_differences import SUBJECT
from revcycle.operations.contracts.work_variance import accept_variance, dispute_variance
from revcycle.store import variances, work_items
from revcycle.store.audit import record_act
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.denial_work import Seen
from workbench.pages.panes.opened import opened_item
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.unchanged import require_unchanged
from workbench.pages.panes.variance import picture_variance, values_of
from workbench.pages.panes.variance_letter import dispute_letter

router = APIRouter(prefix=prefix_of(Queue.VARIANCE))
Place = Annotated[ItemPlace, place_in(Queue.VARIANCE)]
LABELS: Final = (("state", "State"), ("expected", "Expected"), ("allowed", "Allowed"))
Settle = Callable[[Session, Act, UUID], str]


@router.get("/letter.pdf", dependencies=[needs(Right.WORK_DENIALS)])
def print_letter(visitor: CurrentVisitor, place: Place) -> Response:
    """Give the letter that tells the payer, with the arithmetic of each line."""
    with opened_item(visitor, place) as (session, opened):
        client_id = opened.act.client_id
        variance_id = _variance_of(opened.line)
        row = variances.get_variance(session, client_id, variance_id)
        picture = picture_variance(session, row)
        record_act(session, client_id, opened.act, "print_dispute", SUBJECT, variance_id)
        document = dispute_letter(opened, picture)
    return pdf_answer(render_letter(document), f"dispute-{str(variance_id)[-12:]}")


@router.post("/dispute", dependencies=[needs(Right.WORK_DENIALS)])
def dispute(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    answer_by: Annotated[date, Form()],
    note: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Say that the payer was told; the item comes back when its answer is due."""

    def settle(session: Session, act: Act, variance_id: UUID) -> str:
        dispute_variance(session, act, variance_id, answer_by=answer_by, note=note)
        return "variance_disputed"

    typed = {"act": "dispute", "answer_by": answer_by.isoformat(), "note": note}
    return _work(visitor, place, settle, token=token, seen=seen, then=then, typed=typed)


@router.post("/accept", dependencies=[needs(Right.WORK_DENIALS)])
def accept(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    note: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Say that the payer is right."""

    def settle(session: Session, act: Act, variance_id: UUID) -> str:
        accept_variance(session, act, variance_id, note=note)
        return "variance_accepted"

    typed = {"act": "accept", "note": note}
    return _work(visitor, place, settle, token=token, seen=seen, then=then, typed=typed)


@router.post("/let-be", dependencies=[needs(Right.APPROVE_WRITE_OFFS)])
def let_be(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    note: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Say that the payer is wrong and is not asked any more; above the limit somebody decides."""
    limit = variance_limit(find_client_file(place.client))

    def settle(session: Session, act: Act, variance_id: UUID) -> str:
        is_over = let_variance_be(session, act, variance_id, note=note, limit=limit)
        return "variance_let_be" if is_over else "variance_let_be_asked"

    typed = {"act": "let-be", "note": note}
    return _work(visitor, place, settle, token=token, seen=seen, then=then, typed=typed)


def _work(
    visitor: Visitor,
    place: ItemPlace,
    settle: Settle,
    *,
    token: int,
    seen: str,
    then: Then,
    typed: Mapping[str, str],
) -> Response:
    """Settle a variance that is as the person saw it, and close the item that was in hand."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        variance_id = _variance_of(line)
        row = variances.get_variance(session, act.client_id, variance_id)
        require_unchanged(seen, values_of(row), typed, LABELS)
        work_items.close_leased_work_item(
            session, act.client_id, act, line.id, token=token, resolution=typed["act"]
        )
        session.flush()
        return settle(session, act, variance_id)

    return work(visitor, place, do, then=then, typed=typed)


def _variance_of(line: WorkLine) -> UUID:
    """Name the variance that an item is about.

    Raises:
        NotFoundError: the item was opened by hand, about something else.
    """
    if line.subject_kind != SUBJECT:
        msg = f"work item {line.id} is about no variance"
        raise NotFoundError(msg)
    return line.subject_id
