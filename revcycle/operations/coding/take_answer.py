"""Write down an answer of a provider that came by telephone, by fax or on paper."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.operations.coding.ask_provider import answer_query
from revcycle.store import work_items

AUTHOR_LENGTH_MAX = 120


class AnswerWay(StrEnum):
    """How an answer reached us."""

    TELEPHONE = "telephone"
    FAX = "fax"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, repr=False)
class HandAnswer:
    """An answer as it was heard or read.

    Attributes:
        given_by: Who answered, as the record should name them.
    """

    text: str
    given_by: str
    way: AnswerWay


def take_answer(
    session: Session,
    act: Act,
    encounter_id: UUID,
    answer: HandAnswer,
    *,
    work_item_id: UUID,
    token: int,
    service_hours: int,
) -> None:
    """Add the answer to the notes, named as what it is, and give the encounter to the coders.

    What was said on the telephone carries nobody's signature, and is marked so.

    Raises:
        NotFoundError: this practice has no such encounter.
        StaleLeaseError: the actor does not hold the query's item any more.
        RejectedError: the answer is empty, or nobody is named.
        IllegalTransitionError: no query is open on the encounter.
    """
    if not answer.text.strip() or not answer.given_by.strip():
        msg = "write down the answer, and who gave it"
        raise RejectedError(msg)
    work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    answer_query(
        session,
        act,
        encounter_id,
        answer=answer.text.strip(),
        service_hours=service_hours,
        author=_author(act, answer),
        is_signed=answer.way is not AnswerWay.TELEPHONE,
    )


def _author(act: Act, answer: HandAnswer) -> str:
    ending = f", by {answer.way}, written down by {act.actor}"
    return answer.given_by.strip()[: AUTHOR_LENGTH_MAX - len(ending)] + ending
