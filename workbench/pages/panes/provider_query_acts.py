"""What is done about a question to the practice: write its answer down, or take it back."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.coding.take_answer import AnswerWay, HandAnswer, take_answer
from revcycle.operations.coding.withdraw_query import withdraw_query
from revcycle.operations.intake.ask_practice import REASON as PRACTICE_QUERY
from revcycle.operations.intake.ask_practice import answer_practice_query
from revcycle.store import work_items
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import own_service_hours
from workbench.pages.form_texts import LongText, Text
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.places import place_in, prefix_of

router = APIRouter(prefix=prefix_of(Queue.PROVIDER_QUERY), dependencies=[needs(Right.CODE)])
HERE = place_in(Queue.PROVIDER_QUERY)
CODING_SERVICE_HOURS = 48  # where the client file names none, as in tasks/coding.py


@router.post("/answer")
def answer(
    visitor: CurrentVisitor,
    token: Token,
    way: Annotated[AnswerWay, Form()],
    answer: LongText = "",
    given_by: Text = "",
    then: ThenField = Then.LIST,
    place: ItemPlace = HERE,
) -> Response:
    """Write down an answer that did not come through the portal."""
    typed = {"answer": answer, "given_by": given_by, "way": str(way)}
    given = HandAnswer(answer, given_by, way)
    hours = _coding_hours(place)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _take(session, act, line, given, token=token, hours=hours)
        return "answered"

    return work(visitor, place, do, then=then, typed=typed)


@router.post("/withdraw")
def withdraw(
    visitor: CurrentVisitor, token: Token, then: ThenField = Then.LIST, place: ItemPlace = HERE
) -> Response:
    """Take the question back: the chart waits for a coder again."""
    hours = _coding_hours(place)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        withdraw_query(
            session,
            act,
            line.subject_id,
            work_item_id=line.id,
            token=token,
            service_hours=hours,
        )
        return "withdrawn"

    return work(visitor, place, do, then=then)


def _coding_hours(place: ItemPlace) -> int:
    return own_service_hours(place.client, Queue.CODING, CODING_SERVICE_HOURS)


def _take(
    session: Session, act: Act, line: WorkLine, given: HandAnswer, *, token: int, hours: int
) -> None:
    """Give the answer to whoever asked: a coder, or intake."""
    if line.reason == PRACTICE_QUERY:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        words = f"{given.text.strip()} ({given.given_by}, by {given.way})" if given.text else ""
        answer_practice_query(session, act, line.id, answer=words)
        return
    take_answer(
        session,
        act,
        line.subject_id,
        given,
        work_item_id=line.id,
        token=token,
        service_hours=hours,
    )
