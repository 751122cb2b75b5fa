"""What people do about records that intake could not use."""

from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue, WorkItemState
from models.values.access import Right
from revcycle.operations.files.release_inbound_file import release_inbound_file
from revcycle.operations.intake.ask_practice import ask_practice, refuse_to_practice
from revcycle.operations.intake.correct_encounter import EncounterCorrection, correct_encounter
from revcycle.operations.intake.void_encounter import void_encounter
from revcycle.operations.work.open_item import get_item
from revcycle.store import encounters, work_items
from revcycle.store.audit import record_act
from workbench.pages.access import CurrentVisitor, NoRightError, needs, person_of
from workbench.pages.form_texts import LongText, Text
from workbench.pages.item_page import SEE_OTHER, ItemPlace, Then, lead_on, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.intake import (
    CLOSE_REASONS,
    VOID_REASONS,
    is_about_coverage,
    sees_identity,
)
from workbench.pages.panes.intake_fields import FIELDS, CorrectionForm, to_correction, values_of
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.unchanged import require_unchanged

router = APIRouter(prefix=prefix_of(Queue.INTAKE), dependencies=[needs(Right.TAKE_WORK)])
Place = Annotated[ItemPlace, place_in(Queue.INTAKE)]
Seen = Annotated[str, Form(max_length=64)]
LABELS = [(field.name, field.label) for field in FIELDS]


class CorrectIntakeForm(CorrectionForm):
    """The form with what goes around its fields."""

    token: int
    seen: str
    then: Then = Then.LIST


@router.post("/correct")
def correct(
    visitor: CurrentVisitor, place: Place, form: Annotated[CorrectIntakeForm, Form()]
) -> Response:
    """Keep what was corrected; the visit goes on if no rule forbids it any more."""
    if not sees_identity(person_of(visitor).access):
        raise NoRightError
    fields = CorrectionForm(**form.model_dump(include=set(CorrectionForm.model_fields)))
    typed = fields.typed()
    left: list[WorkLine] = []

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=form.token)
        encounter = encounters.get_encounter(session, act.client_id, line.subject_id)
        now = values_of(session, act.client_id, encounter)
        require_unchanged(form.seen, now, typed, LABELS)
        about_coverage = is_about_coverage(session, act.client_id, encounter.id)
        correction = to_correction(typed, now, is_about_coverage=about_coverage)
        _correct(session, act, encounter.id, correction)
        after = get_item(session, act.client_id, line.id)
        if after.state is WorkItemState.OPEN:
            left.append(after)
        return "corrected_in_part" if left else "corrected"

    answer = work(visitor, place, do, then=Then.STAY, typed=typed)
    if answer.status_code != SEE_OTHER or left:
        return answer
    return lead_on(visitor, place, form.then, "corrected")


@router.post("/ask")
def ask(visitor: CurrentVisitor, place: Place, token: Token, question: LongText = "") -> Response:
    """Ask the practice; the item comes back with the answer."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        ask_practice(session, act, line.id, token=token, question=question)
        return "asked_practice"

    return work(visitor, place, do, then=Then.LIST, typed={"question": question})


@router.post("/void")
def void(visitor: CurrentVisitor, place: Place, token: Token, reason: Text = "") -> Response:
    """Take the visit out of the cycle for good."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        _require_known(reason, VOID_REASONS)
        void_encounter(session, act, line.subject_id, reason=reason)
        return "voided"

    return work(visitor, place, do, then=Then.LIST, typed={"reason": reason})


@router.post("/read-again")
def read_again(visitor: CurrentVisitor, place: Place, token: Token) -> Response:
    """Let the next run read the file anew."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        release_inbound_file(session, act, line.id, token=token)
        return "read_again"

    return work(visitor, place, do, then=Then.LIST)


@router.post("/refuse")
def refuse(visitor: CurrentVisitor, place: Place, token: Token, message: LongText = "") -> Response:
    """Give the file or record up, and tell the practice."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        refuse_to_practice(session, act, line.id, token=token, message=message)
        return "refused_to_practice"

    return work(visitor, place, do, then=Then.LIST, typed={"message": message})


@router.post("/settle")
def settle(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    reason: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Close the item of a record that nothing has to be done about."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _require_known(reason, CLOSE_REASONS)
        if line.subject_kind == "encounter":
            msg = "a visit is corrected, asked about or voided"
            raise RejectedError(msg)
        work_items.close_leased_work_item(
            session, act.client_id, act, line.id, token=token, resolution=reason
        )
        record_act(
            session,
            act.client_id,
            act,
            "settle_intake",
            line.subject_kind,
            line.subject_id,
            outcome=reason,
        )
        return "settled"

    return work(visitor, place, do, then=then, typed={"reason": reason})


def _correct(
    session: Session, act: Act, encounter_id: UUID, correction: EncounterCorrection
) -> None:
    """Write a correction; a payer or provider that is none is a mistake of the form, no lost page.

    Raises:
        RejectedError: the form names what the practice has not.
    """
    try:
        correct_encounter(session, act, encounter_id, correction)
    except NotFoundError as error:
        raise RejectedError(str(error)) from None
    session.flush()


def _require_known(reason: str, allowed: Collection[str]) -> None:
    """Refuse a reason that stands in no list.

    Raises:
        RejectedError: it does not.
    """
    if reason not in allowed:
        msg = "choose one of the reasons"
        raise RejectedError(msg)
