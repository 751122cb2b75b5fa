"""What a denial specialist does with a denial."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import DenialPicture
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from models.values.accounts import Account
from revcycle.operations.denials.bill_patient import bill_patient
from revcycle.operations.denials.close_denial import close_denial
from revcycle.operations.denials.correct_claim import correct_claim
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.rules.denials.reasons import is_closing_reason, is_write_off_reason
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.form_texts import Text
from workbench.pages.item_page import ItemPlace, Then
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.cause_party import read_party
from workbench.pages.panes.denial_work import Seen, work_denial
from workbench.pages.panes.payer_terms import payer_terms
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.DENIAL))
Place = Annotated[ItemPlace, place_in(Queue.DENIAL)]


@router.post("/correct", dependencies=[needs(Right.WORK_DENIALS)])
def correct(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Ask the payer again with the claim as it is coded now."""
    practice = practice_of(visitor, place.client)

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        takes = payer_terms(practice, denial.payer_key).takes_replacements
        correct_claim(session, act, denial.claim_id, takes_replacements=takes)
        return "claim_corrected"

    return work_denial(visitor, place, do, token=token, seen=seen, then=then)


@router.post("/void", dependencies=[needs(Right.WORK_DENIALS)])
def void(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Take the whole claim back at the payer."""
    practice = practice_of(visitor, place.client)

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        terms = payer_terms(practice, denial.payer_key)
        if not terms.takes_voids:
            msg = "this payer takes no claim back as a whole: send a corrected one"
            raise RejectedError(msg)
        takes = terms.takes_replacements
        correct_claim(session, act, denial.claim_id, takes_replacements=takes, voids=True)
        return "claim_voided"

    return work_denial(visitor, place, do, token=token, seen=seen, then=then)


@router.post("/bill-patient", dependencies=[needs(Right.WORK_DENIALS)])
def bill(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Ask the patient, or the next payer first, for what the payer assigned to the patient."""

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        account = bill_patient(session, act, denial.id)
        return "billed_patient" if account is Account.AR_PATIENT else "billed_next_payer"

    return work_denial(visitor, place, do, token=token, seen=seen, then=then)


@router.post("/request-write-off", dependencies=[needs(Right.WORK_DENIALS)])
def ask_write_off(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    reason: Text,
    cause: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Ask a second person to give the amount up."""

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        if not is_write_off_reason(reason):
            msg = "choose a reason of the list for the write-off"
            raise RejectedError(msg)
        request_write_off(session, act, denial.id, reason=reason, cause=read_party(cause))
        return "write_off_requested"

    typed = {"write_off_reason": reason, "cause": cause}
    return work_denial(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/close", dependencies=[needs(Right.WORK_DENIALS)])
def close(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    reason: Text,
    then: ThenField = Then.LIST,
) -> Response:
    """End the denial because the payer decides again."""

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        if not is_closing_reason(reason):
            msg = "choose a reason of the list for closing the denial"
            raise RejectedError(msg)
        close_denial(session, act, denial.id, resolution=reason)
        return "denial_closed"

    typed = {"closing_reason": reason}
    return work_denial(visitor, place, do, token=token, seen=seen, then=then, typed=typed)
