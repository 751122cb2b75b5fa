"""What is done about a denial that says that another payer is responsible."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import DenialPicture
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.denials.rebill_other_payer import rebill_other_payer
from revcycle.operations.denials.verify_again import verify_again
from revcycle.operations.submission.policies import claim_policy
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import find_client_file
from workbench.pages.item_page import ItemPlace, Then
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.denial_work import Seen, work_denial
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.DENIAL))
Place = Annotated[ItemPlace, place_in(Queue.DENIAL)]
CoverageField = Annotated[UUID, Form()]


@router.post("/rebill", dependencies=[needs(Right.WORK_DENIALS)])
def rebill(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    coverage_id: CoverageField,
    then: ThenField = Then.LIST,
) -> Response:
    """Bill another coverage of the patient for the denied services."""
    config = find_client_file(practice_of(visitor, place.client).key)

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        if config is None:
            msg = "the practice has no client file on this machine: nobody knows its limits"
            raise RejectedError(msg)
        policy = claim_policy(config)
        rebill_other_payer(session, act, denial.id, coverage_id=coverage_id, policy=policy)
        return "denial_rebilled"

    typed = {"coverage_id": str(coverage_id), "act": "rebill"}
    return work_denial(visitor, place, do, token=token, seen=seen, then=then, typed=typed)


@router.post("/verify", dependencies=[needs(Right.WORK_DENIALS)])
def verify(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    coverage_id: CoverageField,
    then: ThenField = Then.STAY,
) -> Response:
    """Ask a payer whether a coverage was in force on the day of the service."""

    def do(session: Session, act: Act, denial: DenialPicture) -> str:
        verify_again(session, act, denial.id, coverage_id=coverage_id)
        return "coverage_asked"

    return work_denial(visitor, place, do, token=token, seen=seen, then=then)
