"""Queries on files we received: the inbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.errors import NotFoundError
from models.states.file import InboundFileState
from models.tables import InboundFile, ReceivedInterchange


@dataclass(frozen=True, slots=True)
class InboundFileFacts:
    """A received file, without its bytes."""

    id: UUID
    source: str
    kind: str
    name: str
    sha256: str
    size: int  # bytes
    state: InboundFileState
    reason: str
    received_at: datetime


def get_inbound_file(session: Session, client_id: UUID, inbound_file_id: UUID) -> InboundFile:
    """Load and lock one file.

    Raises:
        NotFoundError: this practice has no such file.
    """
    row = session.exec(
        select(InboundFile)
        .where(InboundFile.client_id == client_id, InboundFile.id == inbound_file_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no inbound file {inbound_file_id}"
        raise NotFoundError(msg)
    return row


def find_inbound_file_id(session: Session, client_id: UUID, sha256: str) -> UUID | None:
    """Find the file that has exactly these bytes."""
    return session.exec(
        select(InboundFile.id).where(
            InboundFile.client_id == client_id, InboundFile.sha256 == sha256
        )
    ).one_or_none()


def list_inbound_files(
    session: Session,
    client_id: UUID,
    *,
    state: InboundFileState | None = None,
    kinds: Sequence[str] = (),
) -> list[InboundFileFacts]:
    """List files without their bytes, oldest first."""
    statement = _all_facts(client_id).order_by(col(InboundFile.received_at), col(InboundFile.id))
    if state is not None:
        statement = statement.where(col(InboundFile.state) == state)
    if kinds:
        statement = statement.where(col(InboundFile.kind).in_(kinds))
    return [_facts(row) for row in session.execute(statement)]


def list_newest_files(
    session: Session, client_id: UUID, *, kinds: Sequence[str], offset: int, limit: int
) -> list[InboundFileFacts]:
    """List a page of the files of some kinds, the newest first."""
    statement = (
        _all_facts(client_id)
        .where(col(InboundFile.kind).in_(kinds))
        .order_by(col(InboundFile.received_at).desc(), col(InboundFile.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return [_facts(row) for row in session.execute(statement)]


def count_files(session: Session, client_id: UUID, *, kinds: Sequence[str]) -> int:
    """Count the files of some kinds."""
    return session.exec(
        select(func.count()).where(
            InboundFile.client_id == client_id, col(InboundFile.kind).in_(kinds)
        )
    ).one()


def _all_facts(client_id: UUID) -> Select[*tuple[Any, ...]]:
    return select_columns(
        col(InboundFile.id),
        col(InboundFile.source),
        col(InboundFile.kind),
        col(InboundFile.name),
        col(InboundFile.sha256),
        func.length(col(InboundFile.content)).label("size"),
        col(InboundFile.state),
        col(InboundFile.reason),
        col(InboundFile.received_at),
    ).where(col(InboundFile.client_id) == client_id)


def _facts(row: Any) -> InboundFileFacts:
    return InboundFileFacts(
        id=row.id,
        source=row.source,
        kind=row.kind,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        state=InboundFileState(row.state),
        reason=row.reason,
        received_at=row.received_at,
    )


def find_interchanges(
    session: Session, client_id: UUID, keys: Collection[tuple[str, int]]
) -> dict[tuple[str, int], UUID]:
    """Map interchanges, by sender and number, to the file under which they were posted."""
    numbers = {number for _, number in keys}
    rows = session.exec(
        select(ReceivedInterchange).where(
            ReceivedInterchange.client_id == client_id,
            col(ReceivedInterchange.control_number).in_(numbers),
        )
    )
    held = {(row.sender_id, row.control_number): row.inbound_file_id for row in rows}
    return {key: file_id for key, file_id in held.items() if key in keys}


def add_interchanges(
    session: Session, client_id: UUID, inbound_file_id: UUID, keys: frozenset[tuple[str, int]]
) -> None:
    """Write down under which numbers a file was posted; numbers of other files stay theirs."""
    held = find_interchanges(session, client_id, keys)
    session.add_all(
        ReceivedInterchange(
            client_id=client_id,
            sender_id=sender_id,
            control_number=number,
            inbound_file_id=inbound_file_id,
        )
        for sender_id, number in sorted(keys - held.keys())
    )
