"""Queries on e-mails to send: an outbox like that of files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.act import Act
from models.errors import NotFoundError
from models.states.statement import MessageState
from models.tables import Client, Message, Patient, Statement
from models.values.identifiers import new_id
from revcycle.store.state_changes import record_creation


class MessageKind(StrEnum):
    """What a message brings."""

    STATEMENT = "statement"
    CLIENT_REPORT = "client_report"
    QUERY_REMINDER = "query_reminder"  # questions wait; to the practice
    QUERY_ESCALATION = "query_escalation"  # they still do; to its office manager


@dataclass(frozen=True, slots=True, repr=False)
class NewMessage:
    """A complete mail for one recipient; at most one per cause ever leaves."""

    id: UUID
    kind: MessageKind
    cause_key: str
    message_id: str
    recipient: str
    content: bytes
    statement_id: UUID | None = None


def new_message_id(sender: str) -> tuple[UUID, str]:
    """Make the id of a message row and the Message-ID header that says it again."""
    row_id = new_id()
    domain = sender.rpartition("@")[2]
    return row_id, f"<{row_id.hex}@{domain}>"


def add_message(session: Session, client_id: UUID, act: Act, new: NewMessage) -> None:
    """Put a mail into the outbox, in the transaction that changes what it carries."""
    row = Message(
        client_id=client_id,
        id=new.id,
        kind=new.kind,
        cause_key=new.cause_key,
        message_id=new.message_id,
        recipient=new.recipient,
        content=new.content,
        statement_id=new.statement_id,
        created_at=act.at,
    )
    record_creation(session, client_id, act, row)


def lock_queued(session: Session, client_id: UUID, *, limit: int) -> list[Message]:
    """Load the oldest mails nobody has taken; rows that another sender takes are skipped."""
    statement = (
        select(Message)
        .where(Message.client_id == client_id, Message.state == MessageState.QUEUED)
        .order_by(col(Message.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(statement).all())


def has_queued(session: Session, client_id: UUID) -> bool:
    """Tell whether a mail waits to be sent."""
    statement = select(Message.id).where(
        Message.client_id == client_id, Message.state == MessageState.QUEUED
    )
    return session.exec(statement.limit(1)).first() is not None


def lock_message(session: Session, client_id: UUID, message_id: UUID) -> Message:
    """Load one mail to change its state.

    Raises:
        NotFoundError: this practice has no such mail.
    """
    statement = (
        select(Message)
        .where(Message.client_id == client_id, Message.id == message_id)
        .with_for_update()
    )
    row = session.exec(statement).one_or_none()
    if row is None:
        msg = f"no message {message_id}"
        raise NotFoundError(msg)
    return row


def lock_taken(session: Session, client_id: UUID, *, before: datetime) -> list[Message]:
    """Load the mails that a sender took at or before an instant and never reported on."""
    statement = (
        select(Message)
        .where(
            Message.client_id == client_id,
            Message.state == MessageState.SENDING,
            col(Message.taken_at) <= before,
        )
        .order_by(col(Message.id))
        .with_for_update()
    )
    return list(session.exec(statement).all())


def find_cause_keys(session: Session, client_id: UUID, cause_keys: Sequence[str]) -> set[str]:
    """Tell which causes have their mail already."""
    statement = select(Message.cause_key).where(
        Message.client_id == client_id, col(Message.cause_key).in_(cause_keys)
    )
    return set(session.exec(statement).all())


def find_last_created(session: Session, client_id: UUID, kind: MessageKind) -> datetime | None:
    """Tell when the last mail of a kind was made; None where there is none."""
    statement = (
        select(Message.created_at)
        .where(Message.client_id == client_id, Message.kind == kind)
        .order_by(col(Message.created_at).desc())
        .limit(1)
    )
    return session.exec(statement).first()


def lock_client(session: Session, client_id: UUID) -> Client:
    """Load the practice and keep a second run from reporting to it at the same time."""
    return session.exec(select(Client).where(Client.id == client_id).with_for_update()).one()


def lock_patient_of_statement(session: Session, client_id: UUID, statement_id: UUID) -> Patient:
    """Load the account that a statement is about."""
    statement = (
        select(Patient)
        .join(
            Statement,
            (col(Statement.client_id) == col(Patient.client_id))
            & (col(Statement.patient_id) == col(Patient.id)),
        )
        .where(Statement.client_id == client_id, Statement.id == statement_id)
        .with_for_update(of=Patient)
    )
    return session.exec(statement).one()
