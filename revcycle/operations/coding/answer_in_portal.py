"""Take the practice's answer to a question, with the files it sends along."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue, WorkItemState
from revcycle.operations.attachments.add_attachment import SentFile, add_attachment
from revcycle.operations.coding.ask_provider import answer_query
from revcycle.operations.intake.ask_practice import REASON, answer_practice_query
from revcycle.store import work_lists

ANSWER_LENGTH_MAX = 4_000


def answer_in_portal(
    session: Session,
    act: Act,
    work_item_id: UUID,
    *,
    answer: str,
    files: Sequence[SentFile],
    author: str,
    service_hours: int,
) -> None:
    """Answer a coder's question by an addendum, or a question about a record by a note.

    Args:
        session: The open transaction.
        act: Who answers.
        work_item_id: The question's item.
        answer: In words.
        files: What goes with it; kept beside what was asked about.
        author: The name that stands under an addendum.
        service_hours: Hours until the encounter should be coded.

    Raises:
        NotFoundError: this practice is not asked this.
        RejectedError: the question was answered before, or the answer is empty or too long, or a
            file may not be kept.
    """
    line = work_lists.get_work_line(session, act.client_id, work_item_id)
    if line is None or line.queue is not Queue.PROVIDER_QUERY:
        msg = f"no question {work_item_id}"
        raise NotFoundError(msg)
    if line.state is not WorkItemState.OPEN:
        msg = "this question was answered before; nothing was changed"
        raise RejectedError(msg)
    text = _require_answer(answer)
    for file in files:
        add_attachment(session, act, (line.subject_kind, line.subject_id), file)
    if line.reason == REASON:
        answer_practice_query(session, act, work_item_id, answer=text)
        return
    answer_query(
        session,
        act,
        line.subject_id,
        answer=text,
        service_hours=service_hours,
        author=author,
    )


def _require_answer(answer: str) -> str:
    text = answer.strip()
    if not text:
        msg = "write the answer; files alone say nothing"
        raise RejectedError(msg)
    if len(text) > ANSWER_LENGTH_MAX:
        msg = f"an answer has at most {ANSWER_LENGTH_MAX:,} characters; yours has {len(text):,}"
        raise RejectedError(msg)
    return text
