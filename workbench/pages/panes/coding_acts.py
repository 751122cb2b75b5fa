"""What a coder does with a chart: check, arrange, keep a draft, complete it, ask the provider."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.coding.ask_provider import QUERY_SERVICE_HOURS, ask_provider
from revcycle.operations.coding.coding_in_hand import ChangedCodingError, CodingInHand
from revcycle.operations.coding.finish_coding import Acceptance, finish_coding
from revcycle.operations.coding.judge_coding import judge_typed_codes
from revcycle.operations.coding.keep_draft import keep_draft
from revcycle.operations.work.open_item import get_item
from revcycle.rules.coding.compare_codings import coding_fingerprint, compare_codings
from revcycle.rules.coding.typed_coding import read_coding
from revcycle.store import encounter_picture
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import own_coding_policy, own_service_hours
from workbench.pages.form_texts import Text
from workbench.pages.item_page import (
    ChangedRecordError,
    ItemPlace,
    Then,
    require_queue,
    show_item,
    work,
)
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.coding_arrangement import SHOWS_SUGGESTIONS, arrange
from workbench.pages.panes.coding_findings import show_findings
from workbench.pages.panes.coding_form import CodingForm, SentCoding
from workbench.pages.panes.pane import Difference
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.typing_acts import forget_typing, keep_typing
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.CODING), dependencies=[needs(Right.CODE)])
HERE = place_in(Queue.CODING)


@router.post("/check")
def check(visitor: CurrentVisitor, form: SentCoding, place: ItemPlace = HERE) -> Response:
    """Say what is wrong with the codes as they are typed now; nothing is saved."""
    require_queue(visitor, place.queue)
    practice = practice_of(visitor, place.client)
    policy = own_coding_policy(practice.key)
    with reading(visitor.site.database_url, [practice.id]) as session:
        line = get_item(session, practice.id, place.item_id)
        findings = judge_typed_codes(session, practice.id, line.subject_id, form.rows, policy)
    return visitor.show(
        "panes/coding_findings.html",
        here="queues",
        findings=show_findings(findings, form.accepted),
        is_begun=True,
        why_accepted=form.reason,
    )


@router.post("/typed")
def keep_typed(visitor: CurrentVisitor, form: SentCoding, place: ItemPlace = HERE) -> Response:
    """Keep what is typed so far for whoever types it; the record stays as it is."""
    return keep_typing(visitor, place, form.token, form.to_typed())


@router.post("/forget")
def forget(visitor: CurrentVisitor, token: Token, place: ItemPlace = HERE) -> Response:
    """Throw away what was typed and not saved."""
    return forget_typing(visitor, place, token)


@router.post("/arrange")
def arrange_rows(
    visitor: CurrentVisitor,
    form: SentCoding,
    request: Request,
    change: Text = "",
    place: ItemPlace = HERE,
) -> Response:
    """Move, remove, add or take over a row; what is typed so far stays typed and unsaved."""
    arranged, focus = arrange(form, change)
    typed = {**arranged.to_typed(), "focus": focus}
    if change.partition(":")[0] in SHOWS_SUGGESTIONS:
        typed["suggest"] = change
    return show_item(visitor, place, request=request, typed=typed)


@router.post("/draft")
def draft(visitor: CurrentVisitor, form: SentCoding, place: ItemPlace = HERE) -> Response:
    """Keep the codes so far, and go on."""
    typed = form.to_typed()

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _keep(session, act, line, form, typed)
        return "draft_kept"

    return work(visitor, place, do, typed=typed)


@router.post("/complete")
def complete(
    visitor: CurrentVisitor,
    form: SentCoding,
    then: ThenField = Then.LIST,
    place: ItemPlace = HERE,
) -> Response:
    """Finish the chart; what stops it is shown beside what was typed."""
    typed = form.to_typed()
    policy = own_coding_policy(practice_of(visitor, place.client).key)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        coding = _coding_of(session, line, form)
        acceptance = Acceptance(form.accepted, form.reason)
        in_hand = _in_hand(line, form)
        try:
            stopping = finish_coding(session, act, in_hand, coding, acceptance, policy)
        except ChangedCodingError as error:
            raise _conflict(error, coding, typed) from error
        if stopping:
            raise RejectedError(_what_stops(len(stopping)))
        return "coded"

    return work(visitor, place, do, then=then, typed=typed)


@router.post("/ask")
def ask(
    visitor: CurrentVisitor,
    form: SentCoding,
    then: ThenField = Then.LIST,
    place: ItemPlace = HERE,
) -> Response:
    """Keep the codes so far, and hold the chart until the provider answers."""
    typed = form.to_typed()
    hours = own_service_hours(place.client, Queue.PROVIDER_QUERY, QUERY_SERVICE_HOURS)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _keep(session, act, line, form, typed)
        ask_provider(
            session,
            act,
            line.subject_id,
            question=form.question.strip(),
            work_item_id=line.id,
            token=form.token,
            service_hours=hours,
        )
        return "asked"

    return work(visitor, place, do, then=then, typed=typed)


def _keep(
    session: Session, act: Act, line: WorkLine, form: CodingForm, typed: dict[str, str]
) -> None:
    coding = _coding_of(session, line, form)
    try:
        keep_draft(session, act, _in_hand(line, form), coding)
    except ChangedCodingError as error:
        raise _conflict(error, coding, typed) from error


def _coding_of(session: Session, line: WorkLine, form: CodingForm) -> CodingDocument:
    """Read the codes.

    Raises:
        RejectedError: a field cannot be written down at all.
    """
    coding, unreadable = read_coding(form.rows, _day_of(session, line))
    if unreadable:
        raise RejectedError(_what_stops(len(unreadable)))
    return coding


def _day_of(session: Session, line: WorkLine) -> date:
    facts = encounter_picture.get_encounter_facts(session, line.client_id, line.subject_id)
    if facts.service_date is None:
        msg = "the date of service is missing"
        raise RejectedError(msg)
    return facts.service_date


def _in_hand(line: WorkLine, form: CodingForm) -> CodingInHand:
    return CodingInHand(line.subject_id, line.id, form.token, form.shown)


def _conflict(
    error: ChangedCodingError, mine: CodingDocument, typed: dict[str, str]
) -> ChangedRecordError:
    """Show both versions; the page that does so knows theirs, and mine may then replace it."""
    typed["shown"] = coding_fingerprint(error.now)
    return ChangedRecordError(
        [Difference(one.label, one.theirs, one.mine) for one in compare_codings(error.now, mine)]
    )


def _what_stops(count: int) -> str:
    findings = "One finding stops" if count == 1 else f"{count} findings stop"
    return f"{findings} this: see below. Nothing was saved, and what you typed is still here."
