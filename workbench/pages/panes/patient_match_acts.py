"""What people decide about two records that may be one patient."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.intake.correct_encounter import settle_patient_match
from revcycle.store import encounters, work_items
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.item_page import ChangedRecordError, ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.pane import Difference, OpenedItem
from workbench.pages.panes.patient_match import find_candidates, seen_of
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.PATIENT_MATCH), dependencies=[needs(Right.TAKE_WORK)])
Place = Annotated[ItemPlace, place_in(Queue.PATIENT_MATCH)]
Seen = Annotated[str, Form(max_length=64)]


@router.post("/same")
def same(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    same_as: Annotated[UUID, Form()],
    then: ThenField = Then.LIST,
) -> Response:
    """Join the new record with a patient that the practice knows."""
    return _decide(visitor, place, token, seen, same_as, then)


@router.post("/apart")
def apart(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Keep the new record as a patient of its own."""
    return _decide(visitor, place, token, seen, None, then)


def _decide(
    visitor: CurrentVisitor,
    place: ItemPlace,
    token: int,
    seen: str,
    same_as: UUID | None,
    then: Then,
) -> Response:
    practice = practice_of(visitor, place.client)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        opened = OpenedItem(visitor, practice, act, line)
        _require_seen(session, opened, seen, same_as)
        settle_patient_match(session, act, line.subject_id, same_as=same_as)
        return "same_patient" if same_as else "other_patient"

    return work(visitor, place, do, then=then)


def _require_seen(session: Session, opened: OpenedItem, seen: str, same_as: UUID | None) -> None:
    """Refuse a decision about people who were not on the page, or not like this.

    Raises:
        ChangedRecordError: one of the records was changed meanwhile.
        RejectedError: the patient is none of those shown.
    """
    encounter = encounters.get_encounter(session, opened.act.client_id, opened.line.subject_id)
    patient, candidates = find_candidates(session, opened, encounter)
    if seen != seen_of(patient, candidates):
        mine = "join the two" if same_as else "keep them apart"
        raise ChangedRecordError(
            [Difference("The records", "changed since you compared them: look again", mine)]
        )
    if same_as is not None and same_as not in {one.id for one in candidates}:
        msg = "choose one of the patients that are shown"
        raise RejectedError(msg)
