"""What a poster does about money that did not post by itself."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError
from models.states.work_item import Queue, WorkItemState
from models.values.access import Right
from revcycle.operations.files.release_inbound_file import release_inbound_file
from revcycle.operations.patient_money.policies import refund_policy
from revcycle.operations.posting.match_remittance_claim import (
    ChangedFiguresError,
    match_remittance_claim,
)
from revcycle.operations.posting.prepare_match import MatchChoice
from revcycle.operations.posting.unmatch_remittance_claim import Lease, unmatch_remittance_claim
from revcycle.operations.refunds.request_unapplied_refund import request_unapplied_refund
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import find_client_file, own_terms
from workbench.pages.form_texts import LongText, Text, without_controls
from workbench.pages.item_page import (
    ChangedRecordError,
    ItemPlace,
    Then,
    require_queue,
    show_item,
    work,
)
from workbench.pages.items import Place, ThenField
from workbench.pages.panes.line_choice import join_lines, read_line_ids
from workbench.pages.panes.shown_totals import compare_totals, read_totals
from workbench.pages.panes.unapplied import SUBJECT
from workbench.pages.practices import practice_of
from workbench.pages.said import Said

router = APIRouter(prefix="/queues/{queue}/{client}/{item_id}")
MONEY_QUEUES = frozenset({Queue.UNAPPLIED, Queue.POSTING})


def read_money_place(visitor: CurrentVisitor, place: Place) -> ItemPlace:
    """Read which item an address names, in one of the queues of money.

    Raises:
        NoRightError: the person does not work in this queue.
        NotFoundError: the item is in another queue.
    """
    require_queue(visitor, place.queue)
    if place.queue not in MONEY_QUEUES:
        msg = "nothing is matched in this queue"
        raise NotFoundError(msg)
    return place


MoneyPlace = Annotated[ItemPlace, Depends(read_money_place)]
LineFields = Annotated[list[str], Form(max_length=999)]
LineQuery = Annotated[list[str], Query(max_length=999)]


@router.get("/match", dependencies=[needs(Right.SEE_WORK)])
def look(
    visitor: CurrentVisitor,
    place: MoneyPlace,
    request: Request,
    claim_id: UUID | None = None,
    lines: LineQuery = [],  # noqa: B006 - FastAPI copies it
    said: Said = "",
) -> Response:
    """Show what a match with one claim would book; nothing is booked."""
    typed = {"claim_id": str(claim_id or ""), "lines": join_lines(lines)}
    return show_item(visitor, place, request=request, said=said, typed=typed)


@router.post("/find", dependencies=[needs(Right.SEE_WORK)])
def find(
    visitor: CurrentVisitor, place: MoneyPlace, request: Request, search: Text = ""
) -> Response:
    """List claims by a number or a name; it is sent as a form because it may name a patient."""
    return show_item(visitor, place, request=request, typed={"search": search.strip()})


@router.post("/match", dependencies=[needs(Right.POST_MONEY)])
def match(
    visitor: CurrentVisitor,
    place: MoneyPlace,
    token: Annotated[int, Form(ge=0)],
    claim_id: Annotated[UUID, Form()],
    shown: LongText,
    lines: LineFields = [],  # noqa: B006 - FastAPI copies it
    then: ThenField = Then.STAY,
) -> Response:
    """Book the payer's decision on a claim, as it was shown."""
    chosen = join_lines(lines)
    totals = read_totals(shown)
    practice = practice_of(visitor, place.client)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        choice = MatchChoice(claim_id, read_line_ids(chosen))
        try:
            match_remittance_claim(
                session,
                act,
                _subject(line),
                choice,
                work_item_id=line.id,
                token=token,
                shown=totals,
                terms=own_terms(practice.key),
            )
        except ChangedFiguresError as error:
            raise ChangedRecordError(compare_totals(error.now, totals)) from None
        return "matched"

    typed = {"claim_id": str(claim_id), "lines": chosen}
    return work(visitor, place, do, then=then, typed=typed)


@router.post("/refund", dependencies=[needs(Right.POST_MONEY)])
def ask_refund(
    visitor: CurrentVisitor,
    place: MoneyPlace,
    token: Annotated[int, Form(ge=0)],
    reason: Text = "",
    payer_reference: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Ask for money of nobody's claim to go back to the payer; the item is done with that."""
    policy = refund_policy(find_client_file(place.client))

    def do(session: Session, act: Act, line: WorkLine) -> str:
        request_unapplied_refund(
            session,
            act,
            _subject(line),
            reason=reason,
            payer_reference=without_controls(payer_reference).strip(),
            policy=policy,
            work_item_id=line.id,
            token=token,
        )
        return "refund_requested"

    return work(visitor, place, do, then=then, typed={"reason": reason, "form": "refund"})


@router.post("/unmatch", dependencies=[needs(Right.POST_MONEY)])
def unmatch(
    visitor: CurrentVisitor,
    place: MoneyPlace,
    why: LongText = "",
    token: Annotated[int | None, Form(ge=0)] = None,
) -> Response:
    """Take a decision off its claim; the money waits as unapplied, in a new item."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        is_open = line.state is WorkItemState.OPEN
        lease = Lease(line.id, token or 0) if is_open else None
        unmatch_remittance_claim(session, act, _subject(line), why=why, lease=lease)
        return "unmatched"

    return work(visitor, place, do, typed={"why": why})


@router.post("/read-file-again", dependencies=[needs(Right.POST_MONEY)])
def read_file_again(
    visitor: CurrentVisitor, place: MoneyPlace, token: Annotated[int, Form(ge=0)]
) -> Response:
    """Let the next run judge a refused file anew."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _require_kind(line, "inbound_file")
        release_inbound_file(session, act, line.id, token=token)
        return "read_again"

    return work(visitor, place, do, then=Then.LIST)


def _subject(line: WorkLine) -> UUID:
    _require_kind(line, SUBJECT)
    return line.subject_id


def _require_kind(line: WorkLine, kind: str) -> None:
    """Refuse an act that is about another kind of thing.

    Raises:
        NotFoundError: the item is about something else.
    """
    if line.subject_kind != kind:
        msg = f"work item {line.id} is about something else"
        raise NotFoundError(msg)
