"""What a second person decides about refunds, and about balances given up."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.documents.work import WorkLine
from models.errors import NotFoundError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.approvals.policies import to_approver
from revcycle.operations.contracts.let_variance_be import approve_letting_be, refuse_letting_be
from revcycle.operations.patient_money.approve_balance_write_off import approve_balance_write_off
from revcycle.operations.patient_money.refuse_balance_write_off import refuse_balance_write_off
from revcycle.operations.refunds.approve_refund import approve_refund
from revcycle.operations.refunds.refuse_refund import refuse_refund
from revcycle.store.work_items import StaleLeaseError, require_lease
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.client_files import find_client_file
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.APPROVAL), dependencies=[needs(Right.APPROVE_WRITE_OFFS)])
Place = Annotated[ItemPlace, place_in(Queue.APPROVAL)]
Decide = Callable[[Session, Act, WorkLine], None]


@router.post("/approve-refund")
def approve(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Let a refund be paid."""
    approver = _approver(visitor, place)

    def do(session: Session, act: Act, line: WorkLine) -> None:
        approve_refund(session, act, line.subject_id, approver=approver)

    return _decide(visitor, place, do, "refund_approved", kind="refund", token=token, then=then)


@router.post("/refuse-refund")
def refuse(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Leave the credit where it is."""

    def do(session: Session, act: Act, line: WorkLine) -> None:
        refuse_refund(session, act, line.subject_id)

    return _decide(visitor, place, do, "refund_refused", kind="refund", token=token, then=then)


@router.post("/approve-balance")
def approve_balance(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Give up what a patient owes."""
    approver = _approver(visitor, place)

    def do(session: Session, act: Act, line: WorkLine) -> None:
        approve_balance_write_off(session, act, line.subject_id, approver=approver)

    kind = "balance_write_off"
    return _decide(visitor, place, do, "written_off", kind=kind, token=token, then=then)


@router.post("/refuse-balance")
def refuse_balance(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Let the patient owe it still."""

    def do(session: Session, act: Act, line: WorkLine) -> None:
        refuse_balance_write_off(session, act, line.subject_id)

    kind = "balance_write_off"
    return _decide(visitor, place, do, "balance_kept", kind=kind, token=token, then=then)


@router.post("/approve-letting-be")
def approve_variance(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Ask the payer no more for what it cut against the contract."""
    approver = _approver(visitor, place)

    def do(session: Session, act: Act, line: WorkLine) -> None:
        approve_letting_be(session, act, line.subject_id, approver=approver)

    said = "variance_let_be"
    return _decide(visitor, place, do, said, kind="variance", token=token, then=then)


@router.post("/refuse-letting-be")
def refuse_variance(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Let the payer be asked."""

    def do(session: Session, act: Act, line: WorkLine) -> None:
        refuse_letting_be(session, act, line.subject_id)

    said = "variance_kept"
    return _decide(visitor, place, do, said, kind="variance", token=token, then=then)


def _approver(visitor: Visitor, place: ItemPlace) -> Approver:
    practice = practice_of(visitor, place.client)
    person = person_of(visitor)
    return to_approver(person.login, person.roles, find_client_file(practice.key))


def _decide(
    visitor: Visitor,
    place: ItemPlace,
    do: Decide,
    said: str,
    *,
    kind: str,
    token: int,
    then: Then,
) -> Response:
    """Decide about an item that nobody else holds; whoever decides need not hold it."""

    def do_safely(session: Session, act: Act, line: WorkLine) -> str:
        if line.holder == act.actor:
            require_lease(session, act.client_id, act, line.id, token=token)
        elif line.holder:
            msg = f"work item {line.id} is held by {line.holder}"
            raise StaleLeaseError(msg)
        if line.subject_kind != kind:
            msg = f"work item {line.id} is about something else"
            raise NotFoundError(msg)
        do(session, act, line)
        return said

    return work(visitor, place, do_safely, then=then)
