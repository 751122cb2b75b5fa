"""Which statements wait for their release?"""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from revcycle.store.statements import list_drafted_ids


def list_drafted_statements(session: Session, act: Act) -> list[UUID]:
    """List drafted statements, oldest first, to be released in chunks."""
    return list_drafted_ids(session, act.client_id)
