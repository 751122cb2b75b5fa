"""What the command line lists and exports."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from revcycle.store import inbound_files, outbound_files


class Direction(StrEnum):
    """Which way a file went."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file without its bytes."""

    id: UUID
    direction: Direction
    partner: str  # connection or intake source
    kind: str
    name: str
    sha256: str
    state: str
    at: datetime


def list_files(
    session: Session, client_id: UUID, direction: Direction, kind: str | None = None
) -> list[ListedFile]:
    """List the files of a practice that went one way."""
    if direction is Direction.INBOUND:
        kinds = (kind,) if kind else ()
        return [
            ListedFile(
                row.id,
                direction,
                row.source,
                row.kind,
                row.name,
                row.sha256,
                row.state,
                row.received_at,
            )
            for row in inbound_files.list_inbound_files(session, client_id, kinds=kinds)
        ]
    return [
        ListedFile(
            row.id,
            direction,
            row.connection_key,
            row.kind,
            row.name,
            row.sha256,
            row.state,
            row.created_at,
        )
        for row in outbound_files.list_outbound_files(session, client_id, kind=kind)
    ]


def read_file(session: Session, client_id: UUID, listed: ListedFile) -> bytes:
    """Read the bytes of a listed file."""
    if listed.direction is Direction.INBOUND:
        return inbound_files.get_inbound_file(session, client_id, listed.id).content
    return outbound_files.get_outbound_file(session, client_id, listed.id).content
