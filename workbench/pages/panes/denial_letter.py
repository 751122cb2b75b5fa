"""Writing the letter of an appeal: look at it, lay it out, keep it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator
from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import DenialPicture
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.formats.pdf.letter import render_letter
from revcycle.operations.denials.appeal_work import appeal_cause
from revcycle.operations.denials.prepare_appeal import prepare_appeal
from revcycle.operations.work.open_item import open_item
from revcycle.rules.denials.choose_wording import GENERAL, WORDINGS
from revcycle.store import audit
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.work_items import find_open_cause, require_lease
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.form_texts import LetterText, Text
from workbench.pages.item_page import (
    SEE_OTHER,
    ItemPlace,
    Then,
    is_for_part,
    lead_on,
    show_item,
)
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.denial_work import Seen, work_denial
from workbench.pages.panes.letter_draft import draft_letter, letter_document
from workbench.pages.panes.opened import opened_item
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.panes.payer_terms import payer_terms
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of


def known_wording(name: str) -> str:
    """Name a wording that there is: it becomes part of a file's name and of the trail."""
    return name if name in WORDINGS else GENERAL


Wording = Annotated[str, Form(max_length=40), AfterValidator(known_wording)]
router = APIRouter(prefix=prefix_of(Queue.DENIAL))
Place = Annotated[ItemPlace, place_in(Queue.DENIAL)]


@router.post("/letter", dependencies=[needs(Right.WORK_DENIALS)])
def preview(
    visitor: CurrentVisitor,
    place: Place,
    request: Request,
    token: Token,
    wording: Wording,
    letter: LetterText = "",
    answer_by: Text = "",
    fresh: Text = "",
) -> Response:
    """Show the letter as it would leave; nothing is kept.

    With ``fresh`` the text is made anew from the wording.
    """
    kept = "" if fresh else letter
    typed = {"wording": wording, "letter": kept, "answer_by": answer_by, "act": "appeal"}
    if not is_for_part(request):
        return show_item(visitor, place, typed=typed)
    with opened_item(visitor, place, typed) as (session, opened):
        denial = get_denial_picture(session, opened.act.client_id, opened.line.subject_id)
        hold(session, opened, token)
        draft = draft_letter(session, opened, denial)
    facts = {"draft": draft, "wordings": WORDINGS}
    return visitor.show("panes/letter_draft.html", here="queues", facts=facts)


@router.post("/letter.pdf", dependencies=[needs(Right.WORK_DENIALS)])
def preview_pdf(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    letter: LetterText,
    wording: Wording = GENERAL,
) -> Response:
    """Lay the letter out as it would leave; nothing is kept."""
    with opened_item(visitor, place, {"letter": letter}) as (session, opened):
        denial = get_denial_picture(session, opened.act.client_id, opened.line.subject_id)
        hold(session, opened, token)
        act = opened.act
        audit.record_act(session, act.client_id, act, "print_draft", "denial", denial.id)
        document = letter_document(opened, denial, letter, act.today)
    return pdf_answer(render_letter(document), f"draft-{wording}")


@router.post("/appeal", dependencies=[needs(Right.WORK_DENIALS)])
def appeal(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    wording: Wording,
    letter: LetterText,
    answer_by: Annotated[date, Form()],
    then: ThenField = Then.STAY,
) -> Response:
    """Keep the letter; the denial waits for its payer."""
    opened_ids: list[UUID] = []
    practice = practice_of(visitor, place.client)

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        prepare_appeal(
            session,
            act,
            denial.id,
            wording=wording,
            letter=letter,
            answer_by=answer_by,
            terms=payer_terms(practice, denial.payer_key),
        )
        opened_ids.append(take_letter(session, act, denial))
        return "appeal_prepared"

    typed = {"wording": wording, "letter": letter, "answer_by": answer_by.isoformat()}
    answer = work_denial(
        visitor, place, do, token=token, seen=seen, then=then, typed={**typed, "act": "appeal"}
    )
    if then is not Then.STAY or answer.status_code != SEE_OTHER:
        return answer
    return lead_on(
        visitor, ItemPlace(Queue.APPEAL, place.client, opened_ids[0]), then, "appeal_prepared"
    )


def hold(session: Session, opened: OpenedItem, token: int) -> None:
    """Refuse whoever does not hold the item.

    Raises:
        StaleLeaseError: the lease is not the person's any more.
    """
    require_lease(session, opened.act.client_id, opened.act, opened.line.id, token=token)


def take_letter(session: Session, act: Act, denial: DenialPicture) -> UUID:
    """Put the item of the letter that was just written into the writer's hands."""
    item_id = find_open_cause(session, act.client_id, appeal_cause(denial.id))
    assert item_id is not None, "preparing an appeal opens its item"  # noqa: S101
    open_item(session, act, item_id)
    return item_id
