"""What people do about an account whose statement does not leave."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue, WorkItemState
from models.values.access import FieldKind, FieldView, Right
from revcycle.operations.statements.correct_guarantor import (
    GuarantorCorrection,
    correct_guarantor,
)
from revcycle.operations.statements.policies import statement_policy, statement_sender
from revcycle.operations.statements.release_account import release_account
from revcycle.operations.statements.stop_statements import lift_stop, stop_statements
from revcycle.operations.work.open_item import get_item
from revcycle.settings import settings
from revcycle.store import work_items
from workbench.pages.access import CurrentVisitor, NoRightError, needs, person_of
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import Text, without_controls
from workbench.pages.item_page import SEE_OTHER, ItemPlace, Then, lead_on, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.statement_hold import LABELS, patient_of, picture_of, values_of
from workbench.pages.panes.unchanged import require_unchanged

router = APIRouter(prefix=prefix_of(Queue.STATEMENT), dependencies=[needs(Right.TAKE_WORK)])
Place = Annotated[ItemPlace, place_in(Queue.STATEMENT)]


class GuarantorForm(BaseModel):
    """Who gets the statement, and where."""

    token: int
    seen: str = Field(max_length=64)
    then: Then = Then.LIST
    last_name: str = Field(default="", max_length=300)
    first_name: str = Field(default="", max_length=300)
    email: str = Field(default="", max_length=300)
    line1: str = Field(default="", max_length=300)
    city: str = Field(default="", max_length=300)
    state: str = Field(default="", max_length=40)
    zip_code: str = Field(default="", max_length=40)


@router.post("/correct")
def correct(
    visitor: CurrentVisitor, place: Place, form: Annotated[GuarantorForm, Form()]
) -> Response:
    """Keep what was corrected; the item closes when nothing holds the statement any more."""
    if person_of(visitor).access.view_of(FieldKind.CONTACT) is not FieldView.SHOWN:
        raise NoRightError
    texts = form.model_dump(include={name for name, _ in LABELS})
    typed = {name: without_controls(text).strip() for name, text in texts.items()}
    left: list[WorkLine] = []

    def do(session: Session, act: Act, line: WorkLine) -> str:
        patient_id = _lock(session, act, line, form.token)
        now = values_of(picture_of(session, act.client_id, patient_id).account)
        require_unchanged(form.seen, now, typed, LABELS)
        changed = {name: text for name, text in typed.items() if text != now[name]}
        findings = correct_guarantor(session, act, patient_id, GuarantorCorrection(**changed))
        if line.subject_kind == "message" and "email" in changed and not findings:
            _close(session, act, line, form.token, "corrected")
        session.flush()
        after = get_item(session, act.client_id, line.id)
        if after.state is WorkItemState.OPEN:
            left.append(after)
        return "guarantor_in_part" if left else "guarantor_corrected"

    answer = work(visitor, place, do, typed={"form": "correct", **typed})
    if answer.status_code != SEE_OTHER or left:
        return answer
    return lead_on(visitor, place, form.then, "guarantor_corrected")


@router.post("/stop")
def stop(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    reason: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Let the account get no statement, for a reason of the list."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        patient_id = _lock(session, act, line, token)
        stop_statements(session, act, patient_id, reason=reason)
        session.flush()
        _close(session, act, line, token, f"stopped: {reason}")
        return "statements_stopped"

    return work(visitor, place, do, then=then, typed={"form": "stop", "reason": reason})


@router.post("/release")
def release(
    visitor: CurrentVisitor, place: Place, token: Token, then: ThenField = Then.LIST
) -> Response:
    """Lift the stop if there is one, and let the statement leave now."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        patient_id = _lock(session, act, line, token)
        config = find_client_file(place.client)
        if config is None:
            msg = "the client file of this practice is not on this machine: the next run decides"
            raise RejectedError(msg)
        lift_stop(session, act, patient_id)
        session.flush()
        release_account(
            session,
            act,
            patient_id,
            sender=statement_sender(config, address=settings().statements_address),
            policy=statement_policy(config),
        )
        session.flush()
        _close(session, act, line, token, "released")
        return "statement_released"

    typed: Mapping[str, str] = {"form": "release"}
    return work(visitor, place, do, then=then, typed=typed)


def _lock(session: Session, act: Act, line: WorkLine, token: int) -> UUID:
    """Make sure of the lease, and name the account."""
    work_items.require_lease(session, act.client_id, act, line.id, token=token)
    return patient_of(session, act.client_id, line)


def _close(session: Session, act: Act, line: WorkLine, token: int, resolution: str) -> None:
    """Close the item unless the step before closed it with its cause."""
    if get_item(session, act.client_id, line.id).state is WorkItemState.OPEN:
        work_items.close_leased_work_item(
            session, act.client_id, act, line.id, token=token, resolution=resolution
        )
