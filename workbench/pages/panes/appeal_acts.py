"""What is done about an appeal: print the letter, send it, write down what came of it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import AppealPicture
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.appeal import AppealState
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.formats.pdf.letter import render_letter
from revcycle.operations.denials.acknowledge_appeal import acknowledge_appeal
from revcycle.operations.denials.close_denial import close_denial
from revcycle.operations.denials.lose_appeal import lose_appeal
from revcycle.operations.denials.resume_denial import resume_denial
from revcycle.operations.denials.send_appeal import SendingWay, send_appeal
from revcycle.operations.denials.win_appeal import win_appeal
from revcycle.operations.denials.withdraw_appeal import withdraw_appeal
from revcycle.store import audit, work_notes
from revcycle.store.appeals import list_appeals
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.work_items import require_lease
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.form_texts import Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.appeal_texts import (
    MONEY_DAYS,
    SENT_BY,
    Answer,
    appeal_values,
    written_on,
)
from workbench.pages.panes.denial_work import Seen
from workbench.pages.panes.letter_draft import letter_document
from workbench.pages.panes.opened import opened_item
from workbench.pages.panes.pane import NOTHING_TYPED
from workbench.pages.panes.payer_terms import playbook_of
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.unchanged import require_unchanged
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.APPEAL))
Place = Annotated[ItemPlace, place_in(Queue.APPEAL)]
LABELS: Final = (("appeal", "Letter"), ("denial", "Denial"))
DoWithAppeal = Callable[[Session, Act, WorkLine, AppealPicture], str]


@router.get("/letter.pdf", dependencies=[needs(Right.WORK_DENIALS)])
def print_letter(visitor: CurrentVisitor, place: Place) -> Response:
    """Give the last letter as it leaves, with the date on which it was written."""
    with opened_item(visitor, place) as (session, opened):
        appeal = _last_appeal(session, opened.act, opened.line)
        denial = get_denial_picture(session, opened.act.client_id, appeal.denial_id)
        audit.record_act(
            session, opened.act.client_id, opened.act, "print_appeal", "appeal", appeal.id
        )
        day = written_on(appeal, opened.practice)
        document = letter_document(opened, denial, appeal.letter, day)
    return pdf_answer(render_letter(document), f"appeal-{str(appeal.id)[-12:]}")


@router.post("/send", dependencies=[needs(Right.WORK_DENIALS)])
def send(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    way: Annotated[SendingWay, Form()],
    sent_on: Annotated[date, Form()],
    reference: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Say that the letter left."""

    def do(session: Session, act: Act, line: WorkLine, appeal: AppealPicture) -> str:
        send_appeal(session, act, appeal.id, way=way, sent_on=sent_on)
        if reference.strip():
            note = f"Letter sent by {SENT_BY[way]}: {reference.strip()}"
            work_notes.add_note(session, act.client_id, act, line.id, note)
        return "appeal_sent"

    typed = {"way": str(way), "sent_on": sent_on.isoformat(), "reference": reference}
    return _work(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/acknowledge", dependencies=[needs(Right.WORK_DENIALS)])
def acknowledge(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    on: Annotated[date, Form()],
    reference: Text = "",
    then: ThenField = Then.STAY,
) -> Response:
    """Write down that the payer says it has the letter."""

    def do(session: Session, act: Act, _line: WorkLine, appeal: AppealPicture) -> str:
        acknowledge_appeal(session, act, appeal.id, on=on, reference=reference)
        return "appeal_acknowledged"

    typed = {"on": on.isoformat(), "payer_reference": reference}
    return _work(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/answer", dependencies=[needs(Right.WORK_DENIALS)])
def answer(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    said: Annotated[Answer, Form()],
    money_by: Annotated[date | None, Form()] = None,
    then: ThenField = Then.LIST,
) -> Response:
    """Write down what the payer answered, or that we take the letter back."""
    plays = playbook_of(practice_of(visitor, place.client))

    def do(session: Session, act: Act, _line: WorkLine, appeal: AppealPicture) -> str:
        if said is Answer.WON:
            expected = money_by or act.today + timedelta(days=MONEY_DAYS)
            win_appeal(session, act, appeal.id, money_by=expected)
        elif said is Answer.LOST:
            lose_appeal(session, act, appeal.id, plays=plays)
        else:
            withdraw_appeal(session, act, appeal.id, plays=plays)
        return f"appeal_{said}"

    typed = {"said": str(said), "money_by": money_by.isoformat() if money_by else ""}
    return _work(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/money", dependencies=[needs(Right.WORK_DENIALS)])
def money(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    came: Annotated[bool, Form()],
    then: ThenField = Then.LIST,
) -> Response:
    """Say whether the promised money came without a reversal of the denial."""
    plays = playbook_of(practice_of(visitor, place.client))

    def do(session: Session, act: Act, _line: WorkLine, appeal: AppealPicture) -> str:
        if appeal.state is not AppealState.WON:
            msg = f"appeal {appeal.id} is not won"
            raise RejectedError(msg)
        if came:
            close_denial(session, act, appeal.denial_id, resolution="appeal won")
            return "denial_closed"
        resume_denial(session, act, appeal.denial_id, plays=plays)
        return "denial_resumed"

    return _work(visitor, place, do, token=token, seen=seen, then=then)


def _work(
    visitor: Visitor,
    place: ItemPlace,
    do: DoWithAppeal,
    *,
    token: int,
    seen: str,
    then: Then,
    typed: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    """Do something about the last letter, if the person holds the item and it is as shown."""

    def do_safely(session: Session, act: Act, line: WorkLine) -> str:
        require_lease(session, act.client_id, act, line.id, token=token)
        appeal = _last_appeal(session, act, line)
        denial = get_denial_picture(session, act.client_id, appeal.denial_id)
        require_unchanged(seen, appeal_values(appeal, denial.state), {}, LABELS)
        return do(session, act, line, appeal)

    return work(visitor, place, do_safely, then=then, typed=typed)


def _last_appeal(session: Session, act: Act, line: WorkLine) -> AppealPicture:
    """Find the letter that an item is about.

    Raises:
        NotFoundError: the item is about no letter.
    """
    found = list_appeals(session, act.client_id, line.subject_id)
    if line.subject_kind != "denial" or not found:
        msg = f"work item {line.id} is not about an appeal"
        raise NotFoundError(msg)
    return found[-1]
