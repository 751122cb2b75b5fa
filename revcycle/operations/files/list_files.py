"""What the command line lists and exports."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from revcycle.store import inbound_files, outbound_files

INBOUND = "inbound"
OUTBOUND = "outbound"


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file without its bytes."""

    id: UUID
    partner: str  # connection or intake source
    kind: str
    name: str
    size: int  # bytes
    sha256: str
    state: str
    at: datetime


def list_files(
    session: Session, client_id: UUID, direction: str, kind: str = ""
) -> list[FileSummary]:
    """List the files of a practice that went one way, of one kind where one is named."""
    if direction == INBOUND:
        kinds = (kind,) if kind else ()
        received = inbound_files.list_inbound_files(session, client_id, kinds=kinds)
        return [_of_inbound(row) for row in received]
    sent = outbound_files.list_outbound_files(session, client_id, kind=kind or None)
    return [_of_outbound(row) for row in sent]


def read_file(session: Session, client_id: UUID, direction: str, file_id: UUID) -> bytes:
    """Read the bytes of one file.

    Raises:
        NotFoundError: this practice has no such file.
    """
    if direction == INBOUND:
        return inbound_files.get_inbound_file(session, client_id, file_id).content
    return outbound_files.get_outbound_file(session, client_id, file_id).content


def _of_inbound(row: inbound_files.InboundFileFacts) -> FileSummary:
    return FileSummary(
        row.id, row.source, row.kind, row.name, row.size, row.sha256, row.state, row.received_at
    )


def _of_outbound(row: outbound_files.OutboundFileFacts) -> FileSummary:
    return FileSummary(
        row.id,
        row.connection_key,
        row.kind,
        row.name,
        row.size,
        row.sha256,
        row.state,
        row.created_at,
    )
