"""Record what the mail server said of a mail that was taken."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.statement import MESSAGE_TRANSITIONS, MessageEvent
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Message
from revcycle.store.messages import lock_message, lock_patient_of_statement
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem, close_work_items, open_work_items

BAD_ADDRESS: Final = "bad_address"
ACCEPTED_REPLY: Final = 250


def record_message_sent(
    session: Session, act: Act, message_id: UUID, *, reply_code: int = ACCEPTED_REPLY
) -> None:
    """The server took the mail over. A late answer also settles a doubt.

    Raises:
        NotFoundError: this practice has no such mail.
        IllegalTransitionError: the mail is not being sent, nor in doubt.
    """
    row = lock_message(session, act.client_id, message_id)
    move(session, act.client_id, act, row, MESSAGE_TRANSITIONS, MessageEvent.CONFIRM)
    row.sent_at, row.reply_code = act.at, reply_code
    _settle_doubt(session, act, row, "sent")


def record_message_refused(
    session: Session, act: Act, message_id: UUID, *, reply_code: int | None = None
) -> None:
    """The server refused the mail for good: a person looks, and the account gets no more mail.

    Raises:
        NotFoundError: this practice has no such mail.
        IllegalTransitionError: the mail is not being sent.
    """
    row = lock_message(session, act.client_id, message_id)
    move(session, act.client_id, act, row, MESSAGE_TRANSITIONS, MessageEvent.REFUSE)
    row.reply_code = reply_code
    if row.statement_id is not None:
        patient = lock_patient_of_statement(session, act.client_id, row.statement_id)
        patient.statements_stopped = patient.statements_stopped or BAD_ADDRESS
    item = NewWorkItem(
        queue=Queue.STATEMENT,
        cause_key=f"message.refused:{row.id}",
        subject_kind="message",
        subject_id=row.id,
        reason="message.refused",
        field="email",
        detail="the mail server refused this mail; correct the address, then lift the stop",
    )
    open_work_items(session, act.client_id, act, [item])


def record_message_uncertain(session: Session, act: Act, message_id: UUID) -> None:
    """Nobody can tell whether the mail left: it is held, never sent again by itself.

    Raises:
        NotFoundError: this practice has no such mail.
        IllegalTransitionError: the mail is not being sent.
    """
    doubt_message(session, act, lock_message(session, act.client_id, message_id))


def return_message(session: Session, act: Act, message_id: UUID) -> None:
    """It is known that the mail did not leave, or a person decided to send it again.

    Raises:
        NotFoundError: this practice has no such mail.
        IllegalTransitionError: the mail is not being sent, nor in doubt.
    """
    row = lock_message(session, act.client_id, message_id)
    move(session, act.client_id, act, row, MESSAGE_TRANSITIONS, MessageEvent.RETURN)
    row.taken_at = None
    _settle_doubt(session, act, row, "returned")


def doubt_message(session: Session, act: Act, row: Message) -> None:
    """Hold a mail and ask a person."""
    move(session, act.client_id, act, row, MESSAGE_TRANSITIONS, MessageEvent.DOUBT)
    item = NewWorkItem(
        queue=Queue.TRANSPORT,
        cause_key=doubt_cause(row.id),
        subject_kind="message",
        subject_id=row.id,
        reason="message.uncertain",
        detail="look in the log of the mail server for this Message-ID, then confirm or return it",
    )
    open_work_items(session, act.client_id, act, [item])


def doubt_cause(message_id: UUID) -> str:
    """Name the cause of the work item about a mail in doubt."""
    return f"message.uncertain:{message_id}"


def _settle_doubt(session: Session, act: Act, row: Message, resolution: str) -> None:
    close_work_items(
        session,
        act.client_id,
        act,
        [doubt_cause(row.id)],
        resolution=resolution,
        event=WorkItemEvent.COMPLETE,
    )
