"""Queries on what payers ask for before they decide."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.denial import RecordsPicture
from models.errors import NotFoundError
from models.tables import RecordsRequest
from models.values.identifiers import new_id


def insert_records_request(
    session: Session, client_id: UUID, act: Act, denial_id: UUID, *, asked: str, send_by: date
) -> UUID:
    """Add a request, noted by the actor today; return its id."""
    earlier = list_records_requests(session, client_id, denial_id)
    row = RecordsRequest(
        client_id=client_id,
        id=new_id(),
        denial_id=denial_id,
        number=len(earlier) + 1,
        asked=asked,
        asked_on=act.today,
        send_by=send_by,
        noted_by=act.actor,
    )
    session.add(row)
    session.flush()
    return row.id


def lock_last_request(session: Session, client_id: UUID, denial_id: UUID) -> RecordsRequest:
    """Load the last request about a denial and keep other runs from it.

    Raises:
        NotFoundError: the payer asked for nothing.
    """
    row = session.exec(
        select(RecordsRequest)
        .where(RecordsRequest.client_id == client_id, RecordsRequest.denial_id == denial_id)
        .order_by(col(RecordsRequest.number).desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no request for records of denial {denial_id}"
        raise NotFoundError(msg)
    return row


def list_records_requests(
    session: Session, client_id: UUID, denial_id: UUID
) -> list[RecordsPicture]:
    """List what the payer asked for about a denial, the first request first."""
    rows = session.exec(
        select(RecordsRequest)
        .where(RecordsRequest.client_id == client_id, RecordsRequest.denial_id == denial_id)
        .order_by(col(RecordsRequest.number))
    )
    return [_picture(row) for row in rows]


def _picture(row: RecordsRequest) -> RecordsPicture:
    return RecordsPicture(
        id=row.id,
        number=row.number,
        asked=row.asked,
        asked_on=row.asked_on,
        send_by=row.send_by,
        sent_on=row.sent_on,
        way=row.way,
        answer_by=row.answer_by,
        attachment_ids=tuple(UUID(one) for one in row.attachment_ids.split()),
    )
