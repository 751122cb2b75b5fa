"""Queries on what people wrote down about work items."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.act import Act
from models.tables import WorkItemNote


def add_note(session: Session, client_id: UUID, act: Act, work_item_id: UUID, text: str) -> None:
    """Write something down for whoever takes the item next."""
    session.add(
        WorkItemNote(
            client_id=client_id,
            work_item_id=work_item_id,
            at=act.at,
            author=act.actor,
            text=text,
        )
    )


def list_notes(session: Session, client_id: UUID, work_item_id: UUID) -> Sequence[WorkItemNote]:
    """List what was written down about an item, the oldest first."""
    return session.exec(
        select(WorkItemNote)
        .where(WorkItemNote.client_id == client_id, WorkItemNote.work_item_id == work_item_id)
        .order_by(col(WorkItemNote.at), col(WorkItemNote.id))
    ).all()
