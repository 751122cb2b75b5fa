"""What is done with a claim that was held or refused, in either of its two queues."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.approvals.policies import to_approver
from revcycle.operations.submission.approve_claim_write_off import approve_claim_write_off
from revcycle.operations.submission.bill_as_self_pay import bill_as_self_pay
from revcycle.operations.submission.bill_claim_to_patient import bill_claim_to_patient
from revcycle.operations.submission.bill_rest_to_patient import bill_rest_to_patient
from revcycle.operations.submission.policies import (
    claim_policy,
    practice_facts,
    scrub_policy,
    work_terms,
)
from revcycle.operations.submission.redirect_claim import redirect_claim
from revcycle.operations.submission.refuse_claim_write_off import refuse_claim_write_off
from revcycle.operations.submission.release_clean_claim import release_clean_claim
from revcycle.operations.submission.request_claim_write_off import request_claim_write_off
from revcycle.operations.submission.send_back_to_coder import send_back_to_coder
from revcycle.rules.denials.reasons import is_write_off_reason
from revcycle.store.claim_pictures import ClaimPicture, find_claim_picture
from revcycle.store.work_items import StaleLeaseError, require_lease
from workbench.pages.access import CurrentVisitor, NoRightError, Visitor, needs, person_of
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import LongText, Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import Place, ThenField, Token
from workbench.pages.panes.cause_party import read_party
from workbench.pages.panes.claim_edit import NO_NEXT_PAYER
from workbench.pages.panes.claim_texts import LABELS, claim_values
from workbench.pages.panes.denial_work import Seen
from workbench.pages.panes.pane import NOTHING_TYPED
from workbench.pages.panes.unchanged import require_unchanged
from workbench.pages.practices import practice_of

router = APIRouter(prefix="/queues/{queue}/{client}/{item_id}")
DoWithClaim = Callable[[Session, Act, ClaimPicture, ClientConfig], str]
# Whoever works in the queue of rejections works them; held claims are released by billers.
RIGHT_OF_QUEUES: Final[Mapping[Queue, Right]] = MappingProxyType(
    {
        Queue.SCRUB: Right.RELEASE_CLAIMS,
        Queue.REJECTION: Right.TAKE_WORK,
        Queue.APPROVAL: Right.APPROVE_WRITE_OFFS,
    }
)


@router.post("/release", dependencies=[needs(Right.TAKE_WORK)])
def release(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Check the claim again, and let it go if it is clean."""

    def do(session: Session, act: Act, claim: ClaimPicture, config: ClientConfig) -> str:
        release_clean_claim(
            session,
            act,
            claim.id,
            policy=scrub_policy(config),
            practice=practice_facts(config),
            terms=work_terms(config, Queue.SCRUB),
        )
        return "claim_released"

    return _work_claim(visitor, place, do, token=token, seen=seen, then=then)


@router.post("/redirect", dependencies=[needs(Right.TAKE_WORK)])
def redirect(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Send the claim to the patient's other coverage."""

    def do(session: Session, act: Act, claim: ClaimPicture, config: ClientConfig) -> str:
        redirect_claim(session, act, claim.id, policy=claim_policy(config))
        return "claim_redirected"

    return _work_claim(visitor, place, do, token=token, seen=seen, then=then)


@router.post("/back-to-coder", dependencies=[needs(Right.TAKE_WORK)])
def back_to_coder(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    words: LongText = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Send the chart back; the claim waits until it is coded anew."""

    def do(session: Session, act: Act, claim: ClaimPicture, config: ClientConfig) -> str:
        hours = work_terms(config, Queue.CODING).service_hours
        send_back_to_coder(session, act, claim.id, words=words, service_hours=hours)
        return "back_to_coder"

    typed = {"coder_words": words}
    return _work_claim(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/claim-to-patient", dependencies=[needs(Right.TAKE_WORK)])
def to_patient(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Ask the patient, because no coverage was in force on the day."""

    def do(session: Session, act: Act, claim: ClaimPicture, _config: ClientConfig) -> str:
        bill_claim_to_patient(session, act, claim.id)
        return "billed_patient"

    return _work_claim(visitor, place, do, token=token, seen=seen, then=then)


@router.post("/claim-write-off", dependencies=[needs(Right.TAKE_WORK)])
def ask_write_off(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    reason: Text,
    cause: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Ask a second person to give the claim up."""

    def do(session: Session, act: Act, claim: ClaimPicture, config: ClientConfig) -> str:
        if not is_write_off_reason(reason):
            msg = "choose a reason of the list for the write-off"
            raise RejectedError(msg)
        party = read_party(cause)
        terms = work_terms(config, Queue.APPROVAL)
        request_claim_write_off(session, act, claim.id, reason=reason, cause=party, terms=terms)
        return "write_off_requested"

    typed = {"write_off_reason": reason, "cause": cause}
    return _work_claim(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/claim-write-off/approve", dependencies=[needs(Right.APPROVE_WRITE_OFFS)])
def approve(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Give the claim up, as the second person."""
    person = person_of(visitor)

    def do(session: Session, act: Act, claim: ClaimPicture, config: ClientConfig) -> str:
        approver = to_approver(act.actor, person.roles, config)
        approve_claim_write_off(session, act, claim.id, approver=approver)
        return "written_off"

    return _work_claim(visitor, place, do, token=token, seen=seen, then=then, is_decision=True)


@router.post("/claim-write-off/refuse", dependencies=[needs(Right.APPROVE_WRITE_OFFS)])
def refuse(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Send the claim back to the queue that it came from."""

    def do(session: Session, act: Act, claim: ClaimPicture, config: ClientConfig) -> str:
        refuse_claim_write_off(session, act, claim.id, terms=work_terms(config, Queue.SCRUB))
        return "write_off_refused"

    return _work_claim(visitor, place, do, token=token, seen=seen, then=then, is_decision=True)


@router.post("/self-pay", dependencies=[needs(Right.RELEASE_CLAIMS)])
def self_pay(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Bill an encounter, or what a next payer would owe of it, to its patient."""
    config = _config_of(visitor, place)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        require_lease(session, act.client_id, act, line.id, token=token)
        if line.subject_kind != "encounter" or line.queue is not Queue.SCRUB:
            msg = f"work item {line.id} is not about an encounter without a payer"
            raise NotFoundError(msg)
        if line.reason == NO_NEXT_PAYER:
            bill_rest_to_patient(session, act, line.subject_id)
        else:
            bill_as_self_pay(session, act, line.subject_id, policy=claim_policy(config()))
        return "self_pay"

    return work(visitor, place, do, then=then)


def _work_claim(
    visitor: Visitor,
    place: ItemPlace,
    do: DoWithClaim,
    *,
    token: int,
    seen: str,
    then: Then,
    typed: Mapping[str, str] = NOTHING_TYPED,
    is_decision: bool = False,
) -> Response:
    """Do something about the claim of an item that the person holds, if it is still as shown.

    A second person who decides need not hold the item, as long as nobody else does.
    """
    config = _config_of(visitor, place)

    def do_safely(session: Session, act: Act, line: WorkLine) -> str:
        _require_place(visitor, line)
        if not is_decision or line.holder == act.actor:
            require_lease(session, act.client_id, act, line.id, token=token)
        elif line.holder:
            msg = f"work item {line.id} is held by {line.holder}"
            raise StaleLeaseError(msg)
        claim = find_claim_picture(session, act.client_id, line.subject_id)
        if claim is None:
            msg = f"work item {line.id} is not about a claim"
            raise NotFoundError(msg)
        require_unchanged(seen, claim_values(claim), {}, LABELS)
        return do(session, act, claim, config())

    return work(visitor, place, do_safely, then=then, typed=typed)


def _require_place(visitor: Visitor, line: WorkLine) -> None:
    """Refuse items of other queues, and whoever may not put claims right in this one.

    Raises:
        NotFoundError: this queue holds no claims.
        NoRightError: the person may not.
    """
    right = RIGHT_OF_QUEUES.get(line.queue)
    if right is None:
        msg = f"queue {line.queue} holds no claims"
        raise NotFoundError(msg)
    person = person_of(visitor)
    if not person.may(right) and not person.may(Right.APPROVE_WRITE_OFFS):
        raise NoRightError


def _config_of(visitor: Visitor, place: ItemPlace) -> Callable[[], ClientConfig]:
    """Read the client file when it is needed: after what is refused anyway.

    Raises:
        RejectedError: this machine has no client file of the practice.
    """
    practice = practice_of(visitor, place.client)

    def read() -> ClientConfig:
        config = find_client_file(practice.key)
        if config is None:
            msg = "the practice has no client file on this machine: nobody knows its rules"
            raise RejectedError(msg)
        return config

    return read
