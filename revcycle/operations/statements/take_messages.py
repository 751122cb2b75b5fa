"""Take mails from the outbox."""

from dataclasses import dataclass
from email.message import EmailMessage
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.statement import MESSAGE_TRANSITIONS, MessageEvent
from revcycle.formats.email.mail import read_mail
from revcycle.store.messages import lock_queued
from revcycle.store.state_changes import move


@dataclass(frozen=True, slots=True, repr=False)
class TakenMessage:
    """A mail that this sender, and no other, hands to the server now."""

    id: UUID
    mail: EmailMessage


def take_messages(session: Session, act: Act, *, limit: int) -> list[TakenMessage]:
    """Take up to ``limit`` mails, oldest first; nobody else gets them.

    Commit, send, then report each one. What a crash leaves between is in doubt, so a small limit
    leaves little.
    """
    rows = lock_queued(session, act.client_id, limit=limit)
    for row in rows:
        move(session, act.client_id, act, row, MESSAGE_TRANSITIONS, MessageEvent.TAKE)
        row.taken_at = act.at
    return [TakenMessage(row.id, read_mail(row.content)) for row in rows]
