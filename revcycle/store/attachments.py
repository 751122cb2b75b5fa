"""Queries on files that people added to records."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.states.attachment import ScanVerdict
from models.tables import Attachment


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """A file beside a record, without its content."""

    id: UUID
    subject_id: UUID
    title: str = field(repr=False)
    media_type: str
    size: int
    added_at: datetime
    added_by: str
    verdict: ScanVerdict


def insert_attachment(  # noqa: PLR0913 - the columns of a row
    session: Session,
    client_id: UUID,
    act: Act,
    subject: tuple[str, UUID],
    *,
    title: str,
    media_type: str,
    content: bytes,
    digest: str,
    verdict: ScanVerdict,
) -> UUID:
    """Keep a file; return its id."""
    row = Attachment(
        client_id=client_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        title=title,
        media_type=media_type,
        content=content,
        sha256=digest,
        added_at=act.at,
        added_by=act.actor,
        verdict=verdict,
    )
    session.add(row)
    return row.id


def find_attachment(
    session: Session, client_id: UUID, subject: tuple[str, UUID], digest: str
) -> UUID | None:
    """Find a file with these bytes beside a record."""
    return session.exec(
        select(Attachment.id).where(
            Attachment.client_id == client_id,
            Attachment.subject_kind == subject[0],
            Attachment.subject_id == subject[1],
            Attachment.sha256 == digest,
        )
    ).first()


def get_attachment(session: Session, client_id: UUID, attachment_id: UUID) -> Attachment | None:
    """Load a file with its content."""
    return session.exec(
        select(Attachment).where(Attachment.client_id == client_id, Attachment.id == attachment_id)
    ).one_or_none()


def list_attachments(
    session: Session, client_id: UUID, kind: str, subject_ids: Collection[UUID]
) -> list[AttachmentLine]:
    """List the files beside some records of one kind, the oldest first."""
    columns = (
        col(Attachment.id),
        col(Attachment.subject_id),
        col(Attachment.title),
        col(Attachment.media_type),
        func.length(Attachment.content),
        col(Attachment.added_at),
        col(Attachment.added_by),
        col(Attachment.verdict),
    )
    rows = session.execute(
        select_columns(*columns)
        .where(
            col(Attachment.client_id) == client_id,
            col(Attachment.subject_kind) == kind,
            col(Attachment.subject_id).in_(subject_ids),
        )
        .order_by(col(Attachment.added_at), col(Attachment.id))
    )
    return [_line(*row) for row in rows]


def _line(*columns: Any) -> AttachmentLine:
    names = AttachmentLine.__slots__
    values = dict(zip(names, columns, strict=True))
    return AttachmentLine(**{**values, "verdict": ScanVerdict(values["verdict"])})
