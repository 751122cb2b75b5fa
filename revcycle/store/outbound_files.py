"""Queries on files to send: the outbox."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.errors import NotFoundError
from models.states.file import OutboundFileEvent, OutboundFileState
from models.tables import OutboundFile, PayerConnection, StateChange
from revcycle.store.state_changes import record_creation

_LEFT_AGAIN = (OutboundFileEvent.RETURN, OutboundFileEvent.DOUBT)


@dataclass(frozen=True, slots=True, repr=False)
class NewOutboundFile:
    """What a stage wrote for a partner."""

    connection_id: UUID
    kind: str  # 270, 837P, 837I, 276; 999 and TA1 answer what we received
    name: str
    control_number: int
    content: bytes
    record_count: int


@dataclass(frozen=True, slots=True)
class OutboundFileFacts:
    """A file to send, without its bytes."""

    id: UUID
    connection_key: str
    kind: str
    name: str
    sha256: str
    size: int  # bytes
    state: OutboundFileState
    record_count: int
    created_at: datetime
    sent_at: datetime | None


def add_outbound_file(session: Session, client_id: UUID, act: Act, new: NewOutboundFile) -> UUID:
    """Put bytes into the outbox, in the transaction that changes what they carry."""
    row = OutboundFile(
        client_id=client_id,
        connection_id=new.connection_id,
        kind=new.kind,
        name=new.name,
        control_number=new.control_number,
        sha256=hashlib.sha256(new.content).hexdigest(),
        content=new.content,
        record_count=new.record_count,
        created_at=act.at,
    )
    record_creation(session, client_id, act, row)
    return row.id


def are_named(session: Session, client_id: UUID, connection_id: UUID, names: Sequence[str]) -> bool:
    """Tell whether a partner has, or will get, a file of one of these names."""
    statement = select(OutboundFile.id).where(
        OutboundFile.client_id == client_id,
        OutboundFile.connection_id == connection_id,
        col(OutboundFile.name).in_(names),
    )
    return session.exec(statement.limit(1)).first() is not None


def get_outbound_file(session: Session, client_id: UUID, outbound_file_id: UUID) -> OutboundFile:
    """Load and lock one file.

    Raises:
        NotFoundError: this practice has no such file.
    """
    row = session.exec(
        select(OutboundFile)
        .where(OutboundFile.client_id == client_id, OutboundFile.id == outbound_file_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no outbound file {outbound_file_id}"
        raise NotFoundError(msg)
    return row


def list_outbound_files(
    session: Session,
    client_id: UUID,
    *,
    state: OutboundFileState | None = None,
    connection_key: str | None = None,
    kind: str | None = None,
) -> list[OutboundFileFacts]:
    """List files without their bytes, in the order of their control numbers."""
    statement = (
        select_columns(
            col(OutboundFile.id),
            col(PayerConnection.key),
            col(OutboundFile.kind),
            col(OutboundFile.name),
            col(OutboundFile.sha256),
            func.length(col(OutboundFile.content)).label("size"),
            col(OutboundFile.state),
            col(OutboundFile.record_count),
            col(OutboundFile.created_at),
            col(OutboundFile.sent_at),
        )
        .join(
            PayerConnection,
            (col(PayerConnection.client_id) == col(OutboundFile.client_id))
            & (col(PayerConnection.id) == col(OutboundFile.connection_id)),
        )
        .where(col(OutboundFile.client_id) == client_id)
        .order_by(col(PayerConnection.key), col(OutboundFile.control_number))
    )
    if state is not None:
        statement = statement.where(col(OutboundFile.state) == state)
    if connection_key is not None:
        statement = statement.where(col(PayerConnection.key) == connection_key)
    if kind is not None:
        statement = statement.where(col(OutboundFile.kind) == kind)
    return [_facts(row) for row in session.execute(statement)]


def list_ready_files(
    session: Session, client_id: UUID, *, connection_key: str | None = None
) -> list[OutboundFileFacts]:
    """List files that wait to be sent."""
    return list_outbound_files(
        session, client_id, state=OutboundFileState.READY, connection_key=connection_key
    )


def list_sending_files(
    session: Session, client_id: UUID, *, connection_key: str | None = None
) -> list[OutboundFileFacts]:
    """List files that a sender took and did not report on; after a crash, nobody knows of them."""
    return list_outbound_files(
        session, client_id, state=OutboundFileState.SENDING, connection_key=connection_key
    )


def list_uncertain_files(
    session: Session, client_id: UUID, *, connection_key: str | None = None
) -> list[OutboundFileFacts]:
    """List files whose fate a person, or an acknowledgement, decides."""
    return list_outbound_files(
        session, client_id, state=OutboundFileState.UNCERTAIN, connection_key=connection_key
    )


def find_by_control_numbers(
    session: Session, client_id: UUID, control_numbers: Iterable[int], *, connection_key: str
) -> dict[int, OutboundFile]:
    """Lock the files towards one partner that these interchange numbers name."""
    rows = session.exec(
        select(OutboundFile)
        .join(
            PayerConnection,
            (col(PayerConnection.client_id) == OutboundFile.client_id)
            & (col(PayerConnection.id) == OutboundFile.connection_id),
        )
        .where(
            OutboundFile.client_id == client_id,
            PayerConnection.key == connection_key,
            col(OutboundFile.control_number).in_(set(control_numbers)),
        )
        .with_for_update(of=OutboundFile)
    ).all()
    return {row.control_number: row for row in rows}


def find_files_by_id(
    session: Session, client_id: UUID, outbound_file_ids: Iterable[UUID]
) -> dict[UUID, OutboundFile]:
    """Lock these files."""
    rows = session.exec(
        select(OutboundFile)
        .where(
            OutboundFile.client_id == client_id, col(OutboundFile.id).in_(set(outbound_file_ids))
        )
        .with_for_update()
    ).all()
    return {row.id: row for row in rows}


def was_in_doubt(session: Session, client_id: UUID, outbound_file_id: UUID) -> bool:
    """Tell whether the file may have left more than once."""
    doubts = session.exec(
        select(func.count()).where(
            StateChange.client_id == client_id,
            StateChange.noun == "outbound_file",
            StateChange.subject_id == outbound_file_id,
            col(StateChange.event).in_(_LEFT_AGAIN),
        )
    ).one()
    return doubts > 0


def last_move_at(
    session: Session, client_id: UUID, outbound_file_id: UUID, event: str
) -> datetime | None:
    """Tell when something happened to a file last; None if it never did."""
    return session.exec(
        select(func.max(StateChange.at)).where(
            StateChange.client_id == client_id,
            StateChange.noun == "outbound_file",
            StateChange.subject_id == outbound_file_id,
            StateChange.event == event,
        )
    ).one()


def _facts(row: Any) -> OutboundFileFacts:
    return OutboundFileFacts(
        id=row.id,
        connection_key=row.key,
        kind=row.kind,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        state=OutboundFileState(row.state),
        record_count=row.record_count,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
