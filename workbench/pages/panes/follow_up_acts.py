"""What people do about a claim that its payer does not decide."""

from datetime import date, datetime, time
from typing import Annotated, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.follow_up.note_contact import Contact, note_contact
from revcycle.operations.follow_up.question_claims import question_claim
from revcycle.operations.follow_up.resend_claim import resend_claim
from revcycle.operations.submission.policies import practice_facts, scrub_policy, work_terms
from revcycle.operations.work.put_off_items import put_off_items
from revcycle.store import work_items
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import LongText, Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.follow_up import CLAIM
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.FOLLOW_UP), dependencies=[needs(Right.TAKE_WORK)])
Place = Annotated[ItemPlace, place_in(Queue.FOLLOW_UP)]
MORNING: Final = time(6)


@router.post("/ask")
def ask(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Ask the payer about the claim with the next files; its answer opens the item again."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        claim_id = _lock(session, act, line, token)
        question_claim(session, act, claim_id)
        _close(session, act, line, token, "asked_again")
        return "claim_asked"

    return work(visitor, place, do, then=then, typed={"form": "ask"})


@router.post("/resend")
def resend(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Send the claim again as an original, because the payer does not have it."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        claim_id = _lock(session, act, line, token)
        config = find_client_file(place.client)
        if config is None:
            msg = "the client file of this practice is not on this machine: it cannot be checked"
            raise RejectedError(msg)
        resend_claim(
            session,
            act,
            claim_id,
            policy=scrub_policy(config),
            practice=practice_facts(config),
            terms=work_terms(config, Queue.SCRUB),
        )
        _close(session, act, line, token, "resent")
        return "claim_resent"

    return work(visitor, place, do, then=then, typed={"form": "resend"})


@router.post("/call")
def call(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    spoken_with: Text = "",
    reference: Text = "",
    said: LongText = "",
) -> Response:
    """Write down a call; the item stays, for what follows from it."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        claim_id = _lock(session, act, line, token)
        contact = Contact(spoken_with.strip(), reference.strip(), said.strip())
        note_contact(session, act, claim_id, contact)
        return "call_noted"

    typed = {"form": "call", "spoken_with": spoken_with, "reference": reference, "said": said}
    return work(visitor, place, do, typed=typed)


@router.post("/wait")
def wait(
    visitor: CurrentVisitor, place: Place, token: Token, until: Annotated[date, Form()]
) -> Response:
    """Wait until a day: nobody is given the item before, and the payer is not asked."""
    zone = ZoneInfo(practice_of(visitor, place.client).time_zone)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        claim_id = _lock(session, act, line, token)
        note_contact(session, act, claim_id, Contact(wait_until=until))
        morning = datetime.combine(until, MORNING, tzinfo=zone)
        put_off_items(session, act, [line.id], until=morning)
        return "claim_waits"

    typed = {"form": "wait", "until": until.isoformat()}
    return work(visitor, place, do, then=Then.LIST, typed=typed)


@router.post("/close")
def close(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    why: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Close the item with what was done; a clock that still runs opens it again."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _lock(session, act, line, token)
        if not why.strip():
            msg = "say what was done, for whoever asks later"
            raise RejectedError(msg)
        _close(session, act, line, token, why.strip()[:60])
        return "follow_up_closed"

    return work(visitor, place, do, then=then, typed={"form": "close", "why": why})


def _lock(session: Session, act: Act, line: WorkLine, token: int) -> UUID:
    """Make sure of the lease, and name the claim.

    Raises:
        NotFoundError: the item is about no claim.
    """
    work_items.require_lease(session, act.client_id, act, line.id, token=token)
    if line.subject_kind != CLAIM:
        msg = f"work item {line.id} is about no claim"
        raise NotFoundError(msg)
    return line.subject_id


def _close(session: Session, act: Act, line: WorkLine, token: int, resolution: str) -> None:
    work_items.close_leased_work_item(
        session, act.client_id, act, line.id, token=token, resolution=resolution
    )
