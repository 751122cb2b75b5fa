"""Files in trouble: received ones that were refused as a whole, and sent ones that may be lost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.file import InboundFileState, OutboundFileState
from models.tables import InboundFile, OutboundFile, PayerConnection


class Trouble(StrEnum):
    """What is wrong with a file. The value stands in the address."""

    QUARANTINED = "quarantined"  # received, and nothing was made of it
    REFUSED = "refused"  # sent, and the partner took none of it
    UNCERTAIN = "uncertain"  # nobody knows whether it arrived


@dataclass(frozen=True, slots=True)
class TroubleCount:
    """How many files of a practice are in one kind of trouble."""

    client_id: UUID
    trouble: Trouble
    count: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file; its name is left out, because a partner may have written a patient into it."""

    client_id: UUID
    id: UUID
    kind: str
    partner: str
    at: datetime
    reason: str


_STATES: Final[dict[Trouble, tuple[Any, str]]] = {
    Trouble.QUARANTINED: (InboundFile, InboundFileState.QUARANTINED),
    Trouble.REFUSED: (OutboundFile, OutboundFileState.REFUSED),
    Trouble.UNCERTAIN: (OutboundFile, OutboundFileState.UNCERTAIN),
}


def is_received(trouble: Trouble) -> bool:
    """Tell whether a file in such trouble came to us."""
    return _STATES[trouble][0] is InboundFile


def count_trouble(session: Session, client_ids: Collection[UUID]) -> list[TroubleCount]:
    """Count files in trouble by practice; who has none is left out."""
    found = []
    for trouble, (table, state) in _STATES.items():
        statement = (
            select_columns(table.client_id, func.count())
            .where(table.client_id.in_(client_ids), table.state == state)
            .group_by(table.client_id)
        )
        found += [TroubleCount(row[0], trouble, row[1]) for row in session.execute(statement)]
    return found


def list_trouble(
    session: Session,
    client_ids: Collection[UUID],
    trouble: Trouble,
    *,
    after: UUID | None,
    limit: int,
) -> list[FileRow]:
    """List files in one kind of trouble, the newest first."""
    table, state = _STATES[trouble]
    columns = (
        (table.source, table.received_at, table.reason)
        if table is InboundFile
        else (PayerConnection.key, table.created_at, table.state)
    )
    statement = select_columns(table.client_id, table.id, table.kind, *columns).where(
        table.client_id.in_(client_ids), table.state == state
    )
    if table is OutboundFile:
        statement = statement.where(
            col(PayerConnection.client_id) == table.client_id,
            col(PayerConnection.id) == table.connection_id,
        )
    if after is not None:
        statement = statement.where(table.id < after)
    rows = session.execute(statement.order_by(table.id.desc()).limit(limit))
    return [FileRow(*row) for row in rows]
