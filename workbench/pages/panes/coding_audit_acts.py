"""What an auditor does with a chart: check, arrange, complete the second coding."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.audited_case import AuditedCaseState
from models.states.work_item import Queue
from models.tables import AuditedCase
from models.values.access import Right
from revcycle.operations.audit.audit_items import SUBJECT
from revcycle.operations.audit.complete_second_coding import CaseInHand, complete_second_coding
from revcycle.operations.audit.policies import audit_policy
from revcycle.operations.coding.judge_coding import judge_typed_codes
from revcycle.operations.work.open_item import get_item
from revcycle.rules.coding.typed_coding import read_coding
from revcycle.store import audited_cases
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import find_client_file, own_coding_policy
from workbench.pages.form_texts import Text
from workbench.pages.item_page import ItemPlace, Then, require_queue, show_item, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.coding_arrangement import arrange
from workbench.pages.panes.coding_findings import show_findings
from workbench.pages.panes.coding_form import CodingForm, SentCoding
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.typing_acts import forget_typing, keep_typing
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.CODING_AUDIT), dependencies=[needs(Right.AUDIT_CODES)])
HERE = place_in(Queue.CODING_AUDIT)


@router.post("/check")
def check(visitor: CurrentVisitor, form: SentCoding, place: ItemPlace = HERE) -> Response:
    """Say what is wrong with the codes as they are typed now; nothing is saved."""
    require_queue(visitor, place.queue)
    practice = practice_of(visitor, place.client)
    with reading(visitor.site.database_url, [practice.id]) as session:
        case = _case_of(session, get_item(session, practice.id, place.item_id))
        findings = judge_typed_codes(
            session, practice.id, case.encounter_id, form.rows, own_coding_policy(practice.key)
        )
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
    """Move, remove, add or take over a row; what is typed so far stays typed."""
    arranged, focus = arrange(form, change)
    return show_item(visitor, place, request=request, typed={**arranged.to_typed(), "focus": focus})


@router.post("/complete")
def complete(
    visitor: CurrentVisitor,
    form: SentCoding,
    then: ThenField = Then.LIST,
    place: ItemPlace = HERE,
) -> Response:
    """Finish the second coding; only now the two are compared."""
    policy = audit_policy(find_client_file(place.client))

    def do(session: Session, act: Act, line: WorkLine) -> str:
        case = _case_of(session, line)
        coding = _read(form, case)
        in_hand = CaseInHand(case.id, line.id, form.token)
        state = complete_second_coding(session, act, in_hand, coding, policy)
        return "audit_agreed" if state is AuditedCaseState.AGREED else "audit_disputed"

    return work(visitor, place, do, then=then, typed=form.to_typed())


def _read(form: CodingForm, case: AuditedCase) -> CodingDocument:
    """Read the codes.

    Raises:
        RejectedError: a field cannot be written down at all.
    """
    coding, unreadable = read_coding(form.rows, case.service_date)
    if unreadable:
        msg = "a code cannot be read: see below. Nothing was saved, and what you typed is here"
        raise RejectedError(msg)
    return coding


def _case_of(session: Session, line: WorkLine) -> AuditedCase:
    """Find the case that an item is about.

    Raises:
        NotFoundError: the item is about something else.
    """
    if line.subject_kind != SUBJECT:
        msg = f"work item {line.id} is about no audited case"
        raise NotFoundError(msg)
    return audited_cases.see_case(session, line.client_id, line.subject_id)
