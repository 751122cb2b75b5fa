"""The page of a patient's payments: take one, return one, print a receipt, ask for a write-off."""

import secrets
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from models.documents.act import Act
from models.documents.patient_money import PaymentForm
from models.errors import NotFoundError, RejectedError
from models.states.balance_write_off import BalanceWriteOffKind
from models.states.patient_payment import PaymentMethod
from models.values.access import Right
from models.values.money import total
from revcycle.formats.pdf.receipt import ReceiptDocument, render_receipt
from revcycle.operations.patient_money.balance_write_off_work import REASONS
from revcycle.operations.patient_money.policies import returned_fee
from revcycle.operations.patient_money.request_balance_write_off import request_balance_write_off
from revcycle.operations.patient_money.return_payment import RETURN_REASONS, return_payment
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.store import (
    audit,
    credit_balances,
    encounter_picture,
    ledger,
    patient_picture,
    payments,
    refunds,
)
from revcycle.store.joined_patients import patient_now
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import without_controls
from workbench.pages.item_page import SEE_OTHER
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.panes.credit_balance_acts import read_amount
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.records.record_page import RecordId, record_router, show_record
from workbench.pages.said import Said, to_said

router = record_router()
posting = APIRouter(prefix="/practices/{client}", dependencies=[needs(Right.POST_MONEY)])
PATH: Final = "/patients/{patient_id}/payments"
ENCOUNTERS_OFFERED: Final = 50
METHOD_WORDS: Final = {
    PaymentMethod.CASH: "cash",
    PaymentMethod.CARD: "card",
    PaymentMethod.CHECK: "check",
}
KIND_WORDS: Final = {
    BalanceWriteOffKind.CHARITY: "charity: the patient cannot pay",
    BalanceWriteOffKind.BAD_DEBT: "bad debt: the patient does not pay",
}


class TakenForm(BaseModel):
    """What somebody typed about money that a patient gave."""

    form_key: str = Field(min_length=16, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")
    method: PaymentMethod
    amount: str = Field(max_length=20)
    received_on: date
    reference: str = Field(default="", max_length=40)
    encounter_id: str = Field(default="", max_length=40)


@router.get(PATH)
def show_payments(
    visitor: CurrentVisitor,
    client: str,
    patient_id: RecordId,
    page: PageNumber = 1,
    said: Said = "",
) -> Response:
    """Show what a patient paid and owes, with the form that takes a payment."""
    practice = practice_of(visitor, client)
    kept = _kept(visitor, practice, patient_id)
    if kept != patient_id:
        return RedirectResponse(_address(practice, kept), SEE_OTHER)
    return _show(visitor, practice, patient_id, number=page, said=said)


@posting.post(PATH)
def take(
    visitor: CurrentVisitor,
    client: str,
    patient_id: RecordId,
    form: Annotated[TakenForm, Form()],
) -> Response:
    """Book a payment; the same form sent again books nothing."""

    def do(session: Session, act: Act) -> None:
        paid = PaymentForm(
            method=form.method,
            amount=read_amount(form.amount),
            received_on=form.received_on,
            form_key=form.form_key,
            reference=without_controls(form.reference).strip(),
            encounter_id=_encounter(form.encounter_id),
        )
        take_payment(session, act, patient_id, paid)

    return _act(visitor, client, patient_id, do, "payment_taken")


@posting.post(PATH + "/{payment_id}/return")
def give_back(
    visitor: CurrentVisitor,
    client: str,
    patient_id: RecordId,
    payment_id: RecordId,
    reason: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Reverse a payment that a bank or a card's holder took back."""
    fee = returned_fee(find_client_file(practice_of(visitor, client).key))

    def do(session: Session, act: Act) -> None:
        _require_own(session, act, patient_id, payment_id)
        return_payment(session, act, payment_id, reason=reason, fee=fee)

    return _act(visitor, client, patient_id, do, "payment_returned")


@posting.post(PATH + "/write-off")
def ask_write_off(
    visitor: CurrentVisitor,
    client: str,
    patient_id: RecordId,
    kind: Annotated[BalanceWriteOffKind, Form()],
    reason: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Ask a second person to give up what the patient owes."""

    def do(session: Session, act: Act) -> None:
        request_balance_write_off(session, act, patient_id, kind=kind, reason=reason)

    return _act(visitor, client, patient_id, do, "balance_asked")


@router.get(PATH + "/{payment_id}/receipt.pdf")
def print_receipt(
    visitor: CurrentVisitor, client: str, patient_id: RecordId, payment_id: RecordId
) -> Response:
    """Print the receipt of a payment."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    config = find_client_file(practice.key)
    with transaction(visitor.site.database_url, practice.id) as session:
        _require_own(session, act, patient_id, payment_id)
        payment = payments.get_payment(session, practice.id, payment_id)
        patient = patient_picture.get_patient_facts(session, practice.id, patient_id)
        audit.record_act(session, practice.id, act, "print_receipt", "patient_payment", payment_id)
    document = ReceiptDocument(
        practice_name=practice.name,
        practice=config.practice.to_document() if config else None,
        account_number=patient.account_number,
        payer_name=patient.name,
        received_on=payment.received_on,
        amount=payment.amount,
        method=METHOD_WORDS[payment.method],
        reference=payment.reference,
        number=str(payment.id)[-12:].upper(),
        is_returned=bool(payment.returned_reason),
    )
    return pdf_answer(render_receipt(document), f"receipt-{payment_id}")


def _act(
    visitor: Visitor,
    client: str,
    patient_id: UUID,
    do: Callable[[Session, Act], None],
    said: str,
) -> Response:
    """Change something in one transaction, or show the page again with the reason why not."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    kept = _kept(visitor, practice, patient_id)
    if kept != patient_id:  # the form was open while somebody joined the two
        return RedirectResponse(f"{_address(practice, kept)}?said=patient_joined", SEE_OTHER)
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            patient_picture.get_patient_facts(session, practice.id, patient_id)
            do(session, act)
    except NotFoundError:
        raise
    except RejectedError as error:
        return _show(visitor, practice, patient_id, problem=str(error))
    return RedirectResponse(f"{_address(practice, patient_id)}?said={said}", SEE_OTHER)


def _kept(visitor: Visitor, practice: Practice, patient_id: UUID) -> UUID:
    """Name the account that goes on: this one, or the one that it was joined with."""
    with reading(visitor.site.database_url, [practice.id]) as session:
        return patient_now(session, practice.id, patient_id)


def _address(practice: Practice, patient_id: UUID) -> str:
    return f"/practices/{practice.key}/patients/{patient_id}/payments"


def _show(
    visitor: Visitor,
    practice: Practice,
    patient_id: UUID,
    *,
    number: int = 1,
    said: str = "",
    problem: str = "",
) -> Response:
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        facts = _facts(session, act, patient_id, number)
        audit.record_act(session, practice.id, act, "see_payments", "patient", patient_id)
    answer = show_record(
        visitor,
        "payments.html",
        practice,
        **facts,
        may_post=person_of(visitor).may(Right.POST_MONEY),
        today=act.today,
        form_key=secrets.token_urlsafe(18),
        said=to_said(said),
        problem=problem,
        methods=METHOD_WORDS,
        return_reasons=RETURN_REASONS,
        kinds=KIND_WORDS,
        write_off_reasons=REASONS,
    )
    if problem:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


def _facts(session: Session, act: Act, patient_id: UUID, number: int) -> dict[str, object]:
    client_id = act.client_id
    patient = patient_picture.get_patient_facts(session, client_id, patient_id)
    shown = page_of(number, payments.count_payments(session, client_id, patient_id))
    visits = encounter_picture.list_encounter_facts(
        session, client_id, patient_id, offset=0, limit=ENCOUNTERS_OFFERED
    )
    dues = ledger.patient_dues(session, client_id, [patient_id]).get(patient_id, [])
    standing = credit_balances.list_standing_credits(session, client_id, patient_id=patient_id)
    return {
        "patient": patient,
        "page": shown,
        "payments": payments.list_payments(
            session, client_id, patient_id, limit=LINES_OF_PAGE, offset=shown.offset
        ),
        "visits": visits,
        "owed": total(due.amount for due in dues),
        "credits": standing,
        "request": refunds.find_open_write_off(session, client_id, patient_id),
    }


def _encounter(text: str) -> UUID | None:
    """Read which visit was chosen; none pays what is owed, oldest first.

    Raises:
        RejectedError: it is no visit.
    """
    try:
        return UUID(text) if text else None
    except ValueError:
        msg = "choose a visit of the list"
        raise RejectedError(msg) from None


def _require_own(session: Session, act: Act, patient_id: UUID, payment_id: UUID) -> None:
    """Refuse an address that joins one patient with another one's payment.

    Raises:
        NotFoundError: the patient has no such payment.
    """
    if payments.get_payment(session, act.client_id, payment_id).patient_id != patient_id:
        msg = f"no payment {payment_id} of this patient"
        raise NotFoundError(msg)
