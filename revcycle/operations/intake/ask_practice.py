"""Ask the practice what its record does not say, and take the answer."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue, WorkItemEvent
from models.tables import WorkItem
from revcycle.operations.work.put_off_items import put_off_items
from revcycle.store import work_hands, work_items, work_notes
from revcycle.store.audit import record_act
from revcycle.store.work_items import NewWorkItem

REASON: Final = "intake.practice_query"  # what tells these items from queries of coders
QUERY_SERVICE_HOURS: Final = 72
QUESTION_LENGTH_MAX: Final = 400  # of a work item's detail
NOTE_LENGTH: Final = 1_000
REFUSED: Final = "refused_to_practice"
_CAUSE: Final = "practice_query:"


def query_cause(work_item_id: UUID) -> str:
    """Name the cause of the question about an intake item."""
    return f"{_CAUSE}{work_item_id}"


def ask_practice(
    session: Session, act: Act, work_item_id: UUID, *, token: int, question: str
) -> None:
    """Ask the practice through its portal; the intake item waits until the answer is due.

    The item stays open, because its visit must not go on: it is put off, and comes back with the
    answer, or without one when the time is over. Asking again while a question is open changes
    the question of nobody: the first one stands.

    Raises:
        StaleLeaseError: the lease is not the actor's any more.
        RejectedError: the question is empty, or too long for one question.
    """
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    _open_query(session, act, item, question)
    work_notes.add_note(session, act.client_id, act, work_item_id, f"Asked: {question.strip()}")
    until = act.at + timedelta(hours=QUERY_SERVICE_HOURS)
    put_off_items(session, act, [work_item_id], until=until)
    record_act(session, act.client_id, act, "ask_practice", item.subject_kind, item.subject_id)


def refuse_to_practice(
    session: Session, act: Act, work_item_id: UUID, *, token: int, message: str
) -> None:
    """Give up a file or record, and tell the practice what to send instead.

    The bytes stay, in quarantine. The practice finds the message among its queries.

    Raises:
        StaleLeaseError: the lease is not the actor's any more.
        RejectedError: the message is empty or too long, or a visit waits for the record.
    """
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    if item.subject_kind == "encounter":
        msg = "a visit is corrected, asked about or voided; only files and records are refused"
        raise RejectedError(msg)
    _open_query(session, act, item, message)
    record_act(session, act.client_id, act, "refuse_intake", item.subject_kind, item.subject_id)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=REFUSED
    )


def answer_practice_query(session: Session, act: Act, query_item_id: UUID, *, answer: str) -> None:
    """Take the practice's answer: the question closes, and the intake item waits again.

    Repeating it is refused: a question is answered once.

    Raises:
        NotFoundError: this practice has no such question.
        RejectedError: the answer is empty, or the question was answered before.
    """
    query = work_items.get_work_item(session, act.client_id, query_item_id)
    if query is None or query.reason != REASON:
        msg = f"no question {query_item_id}"
        raise NotFoundError(msg)
    if not answer.strip():
        msg = "an empty answer says nothing"
        raise RejectedError(msg)
    closed = work_items.close_work_items(
        session,
        act.client_id,
        act,
        [query.cause_key],
        resolution="answered",
        event=WorkItemEvent.COMPLETE,
    )
    if not closed:
        msg = "this question was answered before"
        raise RejectedError(msg)
    asked_about = UUID(query.cause_key.removeprefix(_CAUSE))
    for work_item_id in (query_item_id, asked_about):
        _note_answer(session, act, work_item_id, answer.strip())
    work_hands.snooze_items(session, act.client_id, [asked_about], actor=act.actor, until=None)
    record_act(session, act.client_id, act, "answer_practice_query", "work_item", query_item_id)


def _note_answer(session: Session, act: Act, work_item_id: UUID, answer: str) -> None:
    """Write an answer down, as several notes where it is longer than one."""
    text = f"Answered: {answer}"
    for start in range(0, len(text), NOTE_LENGTH):
        work_notes.add_note(
            session, act.client_id, act, work_item_id, text[start : start + NOTE_LENGTH]
        )


def _open_query(session: Session, act: Act, item: WorkItem, text: str) -> None:
    if not text.strip():
        msg = "say what the practice should answer or send"
        raise RejectedError(msg)
    if len(text.strip()) > QUESTION_LENGTH_MAX:
        msg = f"a question has at most {QUESTION_LENGTH_MAX} characters"
        raise RejectedError(msg)
    query = NewWorkItem(
        queue=Queue.PROVIDER_QUERY,
        cause_key=query_cause(item.id),
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        reason=REASON,
        field=item.field,
        detail=text.strip(),
        service_hours=QUERY_SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [query])
