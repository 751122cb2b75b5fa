"""The page of a patient's authorizations: what payers allow, what is left, a form for a new one."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from models.documents.act import Act
from models.documents.authorization import NewAuthorization
from models.errors import NotFoundError, RejectedError
from models.values.access import Right
from models.values.authorized import AuthorizationSource, Counted
from revcycle.operations.verification.authorizations_left import list_authorizations_left
from revcycle.operations.verification.keep_authorizations import keep_authorizations
from revcycle.reference.procedure_families import PROCEDURE_FAMILIES
from revcycle.rules.coding.authorized_procedures import read_procedures
from revcycle.store import audit, clients, patient_picture, patients
from revcycle.store.joined_patients import patient_now
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.authorization_texts import shown
from workbench.pages.form_texts import without_controls
from workbench.pages.item_page import SEE_OTHER
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.records.record_page import RecordId, record_router, show_record
from workbench.pages.said import Said, to_said

router = record_router()
verifying = APIRouter(prefix="/practices/{client}", dependencies=[needs(Right.VERIFY_COVERAGE)])
PATH: Final = "/patients/{patient_id}/authorizations"
DIGITS_MAX: Final = 4


class AuthorizationForm(BaseModel):
    """What somebody typed about an authorization."""

    payer_key: str = Field(default="", max_length=40)
    number: str = Field(default="", max_length=80)
    procedures: str = Field(default="", max_length=800)
    counts: Counted = Counted.VISITS
    allowed: str = Field(default="", max_length=10)
    valid_from: str = Field(default="", max_length=10)
    valid_to: str = Field(default="", max_length=10)


@router.get(PATH)
def show_authorizations(
    visitor: CurrentVisitor, client: str, patient_id: RecordId, said: Said = ""
) -> Response:
    """Show what payers allow a patient and what is left, with the form for another one."""
    practice = practice_of(visitor, client)
    kept = _kept(visitor, practice, patient_id)
    if kept != patient_id:
        return RedirectResponse(_address(practice, kept), SEE_OTHER)
    return _show(visitor, practice, patient_id, said=said)


@verifying.post(PATH)
def keep(
    visitor: CurrentVisitor,
    client: str,
    patient_id: RecordId,
    form: Annotated[AuthorizationForm, Form()],
) -> Response:
    """Write an authorization down, or say anew what a known number allows."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    kept = _kept(visitor, practice, patient_id)
    if kept != patient_id:  # the form was open while somebody joined the two
        return RedirectResponse(f"{_address(practice, kept)}?said=patient_joined", SEE_OTHER)
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            patient_picture.get_patient_facts(session, practice.id, patient_id)
            new = _read(session, act, patient_id, form)
            count = keep_authorizations(session, act, [new], source=AuthorizationSource.PERSON)
    except NotFoundError:
        raise
    except RejectedError as error:
        return _show(visitor, practice, patient_id, typed=form, problem=str(error))
    said = "authorization_added" if count.added else "authorization_changed"
    return RedirectResponse(f"{_address(practice, patient_id)}?said={said}", SEE_OTHER)


def _read(
    session: Session, act: Act, patient_id: UUID, form: AuthorizationForm
) -> NewAuthorization:
    payer = clients.find_payers(session, act.client_id).get(form.payer_key)
    if payer is None:
        msg = "choose the payer that gave it"
        raise RejectedError(msg)
    number = without_controls(form.number).strip()
    if not number:
        msg = "write the number that the payer gave: it goes on the claim"
        raise RejectedError(msg)
    try:
        procedures = read_procedures(form.procedures)
    except ValueError as error:
        raise RejectedError(str(error)) from None
    return NewAuthorization(
        patient_id=patient_id,
        payer_id=payer.id,
        number=number,
        allowed=_count(form.allowed),
        procedures=procedures,
        counts=form.counts,
        valid_from=_day("first day", form.valid_from),
        valid_to=_day("last day", form.valid_to),
    )


def _count(text: str) -> int:
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= DIGITS_MAX):
        msg = "say how many are allowed as a whole number, such as 12"
        raise RejectedError(msg)
    return int(plain)


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        msg = f"the {name} is written as year-month-day, such as 2026-11-20"
        raise RejectedError(msg) from None


def _show(
    visitor: Visitor,
    practice: Practice,
    patient_id: UUID,
    *,
    typed: AuthorizationForm | None = None,
    said: str = "",
    problem: str = "",
) -> Response:
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        patient = patient_picture.get_patient_facts(session, practice.id, patient_id)
        found = list_authorizations_left(session, practice.id, [patient_id])
        payers = _payers(session, practice.id, patient_id)
        audit.record_act(session, practice.id, act, "see_authorizations", "patient", patient_id)
    answer = show_record(
        visitor,
        "authorizations.html",
        practice,
        patient=patient,
        authorizations=[shown(one, today=act.today) for one in found],
        payers=payers,
        families=[name.replace("_", " ") for name in PROCEDURE_FAMILIES],
        may_write=person_of(visitor).may(Right.VERIFY_COVERAGE),
        typed=typed or AuthorizationForm(payer_key=payers[0][0] if payers else ""),
        said=to_said(said),
        problem=problem,
    )
    if problem:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


def _payers(session: Session, client_id: UUID, patient_id: UUID) -> Sequence[tuple[str, str]]:
    """List the practice's payers, those of the patient first."""
    held = {row.payer_id for row in patients.list_coverages(session, client_id, [patient_id])}
    rows = clients.find_payers(session, client_id)
    order = sorted(rows, key=lambda key: (rows[key].id not in held, rows[key].name.casefold()))
    return [(key, rows[key].name) for key in order]


def _kept(visitor: Visitor, practice: Practice, patient_id: UUID) -> UUID:
    """Name the account that goes on: this one, or the one that it was joined with."""
    with reading(visitor.site.database_url, [practice.id]) as session:
        return patient_now(session, practice.id, patient_id)


def _address(practice: Practice, patient_id: UUID) -> str:
    return f"/practices/{practice.key}/patients/{patient_id}/authorizations"
