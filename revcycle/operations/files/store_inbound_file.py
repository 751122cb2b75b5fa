"""Keep the bytes of a received file before anything is made of them."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.documents.act import Act
from models.tables import InboundFile
from revcycle.store.audit import record_act
from revcycle.store.inbound_files import find_inbound_file_id
from revcycle.store.state_changes import record_creation


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where the bytes are kept, and whether we had them already."""

    id: UUID
    is_new: bool


def store_inbound_file(
    session: Session, act: Act, *, source: str, kind: str, name: str, content: bytes
) -> StoredFile:
    """Store a file once, whatever names it has; a repetition is noted in the audit trail.

    Args:
        session: The open transaction.
        act: Who stores it, and when.
        source: The key of the intake source or connection it came from.
        kind: FHIR, HL7V2, CSV, TA1, 999, 277CA, 277, 271, 835; see ``file_kind``.
        name: The name it had there.
        content: Its bytes, unchanged for ever.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = find_inbound_file_id(session, act.client_id, sha256)
    if known is not None:
        return _repeated(session, act, known)
    row = InboundFile(
        client_id=act.client_id,
        source=source,
        kind=kind,
        name=name,
        sha256=sha256,
        content=content,
        received_at=act.at,
    )
    try:
        with session.begin_nested():
            record_creation(session, act.client_id, act, row)
            session.flush()
    except IntegrityError:  # another run stored the same bytes at this moment
        winner = find_inbound_file_id(session, act.client_id, sha256)
        if winner is None:
            raise
        return _repeated(session, act, winner)
    return StoredFile(row.id, is_new=True)


def _repeated(session: Session, act: Act, inbound_file_id: UUID) -> StoredFile:
    record_act(
        session,
        act.client_id,
        act,
        "store_inbound_file",
        "inbound_file",
        inbound_file_id,
        outcome="duplicate",
    )
    return StoredFile(inbound_file_id, is_new=False)
