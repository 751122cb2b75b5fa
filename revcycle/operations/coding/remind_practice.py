"""Remind a practice by mail of questions that nobody answers; no mail names a patient."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from models.documents.act import Act
from revcycle.formats.email.mail import MailHeaders, write_mail
from revcycle.operations.statements.release_statements import StatementSender
from revcycle.store.audit import record_act
from revcycle.store.messages import (
    MessageKind,
    NewMessage,
    add_message,
    find_cause_keys,
    find_last_created,
    lock_client,
    new_message_id,
)
from revcycle.store.portal_queries import count_waiting_since


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whom a mail tells that questions wait, and after how many days, again and again."""

    kind: MessageKind
    days: int
    recipient: str


def remind_practice(
    session: Session, act: Act, reminders: Iterable[Reminder], *, sender: StatementSender
) -> int:
    """Put each mail that is due into the outbox; return how many.

    One is due when a question has waited so many days, and no mail of its kind was made for as
    long. So repeating it the same day adds nothing, and a day without a run is made up for.
    """
    lock_client(session, act.client_id)
    due = [
        (one, waiting)
        for one in reminders
        if _is_time(session, act, one)
        and (waiting := count_waiting_since(session, act.client_id, act.at - _span(one)))
    ]
    for one, waiting in due:
        add_message(session, act.client_id, act, _message(act, one, waiting, sender))
        record_act(session, act.client_id, act, f"send_{one.kind}", "queue", None)
    return len(due)


def _span(reminder: Reminder) -> timedelta:
    return timedelta(days=reminder.days)


def _is_time(session: Session, act: Act, reminder: Reminder) -> bool:
    if find_cause_keys(session, act.client_id, [_cause(act, reminder)]):
        return False  # a day of long ago is run again
    last = find_last_created(session, act.client_id, reminder.kind)
    return last is None or last <= act.at - _span(reminder)


def _cause(act: Act, reminder: Reminder) -> str:
    return f"{reminder.kind}:{act.today}"


def _message(act: Act, reminder: Reminder, waiting: int, sender: StatementSender) -> NewMessage:
    row_id, message_id = new_message_id(sender.address)
    headers = MailHeaders(
        message_id=message_id,
        sender=sender.address,
        sender_name=sender.practice.name,
        reply_to=sender.reply_to,
        recipient=reminder.recipient,
        sent_at=act.at,
    )
    questions = "1 question waits" if waiting == 1 else f"{waiting} questions wait"
    subject = f"{sender.practice.name}: {questions} for an answer"
    facts = {
        "practice_name": sender.practice.name,
        "questions": questions,
        "days": reminder.days,
        "is_escalation": reminder.kind is MessageKind.QUERY_ESCALATION,
    }
    return NewMessage(
        id=row_id,
        kind=reminder.kind,
        cause_key=_cause(act, reminder),
        message_id=message_id,
        recipient=reminder.recipient,
        content=write_mail(headers, subject, "query_reminder", facts).as_bytes(),
    )
