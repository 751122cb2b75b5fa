"""What a poster does about money to give back."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from models.documents.act import Act
from models.documents.patient_money import StandingCredit
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.patient_money.policies import refund_policy
from revcycle.operations.posting.use_patient_credit import use_patient_credit
from revcycle.operations.refunds.pay_refund import pay_refund
from revcycle.operations.refunds.refund_work import standing
from revcycle.operations.refunds.request_refund import RefundRequest, request_refund
from revcycle.operations.refunds.void_refund import void_refund
from revcycle.store import refunds, work_items
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import Text, without_controls
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.places import place_in, prefix_of

router = APIRouter(prefix=prefix_of(Queue.CREDIT_BALANCE), dependencies=[needs(Right.POST_MONEY)])
Place = Annotated[ItemPlace, place_in(Queue.CREDIT_BALANCE)]
CREDIT_KINDS = frozenset({"charge", "patient"})


class RefundForm(BaseModel):
    """Which credit should go back, and how much of it."""

    token: int = Field(ge=0)
    account: Account
    receivable: Account
    amount: str = Field(max_length=20)
    reason: str = Field(default="", max_length=40)
    payer_reference: str = Field(default="", max_length=60)
    then: Then = Then.LIST


@router.post("/request-refund")
def ask_refund(
    visitor: CurrentVisitor, place: Place, form: Annotated[RefundForm, Form()]
) -> Response:
    """Ask for a credit to go back; the item closes when nothing of it is free any more."""
    policy = refund_policy(find_client_file(place.client))
    typed = {"amount": form.amount, "reason": form.reason, "form": "refund"}

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _hold(session, act, line, form.token)
        _require(line, CREDIT_KINDS)
        credit = _credit(session, act, line, form)
        request = RefundRequest(
            account=credit.account,
            receivable=credit.receivable,
            patient_id=credit.patient_id,
            charge_id=credit.charge_id,
            amount=read_amount(form.amount),
            reason=form.reason,
            payer_reference=without_controls(form.payer_reference).strip(),
        )
        request_refund(session, act, request, policy=policy)
        _close_spoken_for(session, act, line, form.token)
        return "refund_requested"

    return work(visitor, place, do, then=form.then, typed=typed)


@router.post("/use-credit")
def use_credit(visitor: CurrentVisitor, place: Place, token: Token) -> Response:
    """Let the patient's credit pay what the same patient owes."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _require(line, CREDIT_KINDS)
        if line.patient_id is None:
            msg = "the credit is of no patient"
            raise RejectedError(msg)
        use_patient_credit(session, act, line.patient_id, work_item_id=line.id, token=token)
        return "credits_used"

    return work(visitor, place, do)


@router.post("/pay-refund")
def pay(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    instrument: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Write down the check that pays a refund."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _hold(session, act, line, token)
        _require(line, frozenset({"refund"}))
        pay_refund(session, act, line.subject_id, instrument=instrument.strip())
        return "refund_paid"

    return work(visitor, place, do, then=then, typed={"instrument": instrument})


@router.post("/void-refund")
def void(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Take a refund back before it is paid."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _hold(session, act, line, token)
        _require(line, frozenset({"refund"}))
        void_refund(session, act, line.subject_id)
        return "refund_void"

    return work(visitor, place, do, then=then)


def read_amount(text: str) -> Money:
    """Read what somebody typed as dollars and cents.

    Raises:
        RejectedError: it is no amount.
    """
    try:
        return Money.parse(text.strip().removeprefix("$").replace(",", ""))
    except ValueError:
        msg = "an amount such as 25.00"
        raise RejectedError(msg) from None


def _hold(session: Session, act: Act, line: WorkLine, token: int) -> None:
    work_items.require_lease(session, act.client_id, act, line.id, token=token)


def _require(line: WorkLine, kinds: frozenset[str]) -> None:
    if line.subject_kind not in kinds:
        msg = f"work item {line.id} is about something else"
        raise NotFoundError(msg)


def _credits(session: Session, act: Act, line: WorkLine) -> list[StandingCredit]:
    if line.subject_kind == "charge":
        return standing(session, act, None, line.subject_id)
    return standing(session, act, line.subject_id, None)


def _credit(session: Session, act: Act, line: WorkLine, form: RefundForm) -> StandingCredit:
    for credit in _credits(session, act, line):
        if (credit.account, credit.receivable) == (form.account, form.receivable):
            return credit
    msg = "this credit is gone"
    raise RejectedError(msg)


def _close_spoken_for(session: Session, act: Act, line: WorkLine, token: int) -> None:
    """Finish the item when refunds speak for all of its credits."""
    for credit in _credits(session, act, line):
        asked = refunds.list_refunds_of_credit(session, act.client_id, credit)
        if sum(one.amount.cents for one in asked) < credit.amount.cents:
            return
    work_items.close_leased_work_item(
        session, act.client_id, act, line.id, token=token, resolution="refund requested"
    )
