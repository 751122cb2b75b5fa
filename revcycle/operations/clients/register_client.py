"""Enter a practice into the database."""

from uuid import UUID

from sqlmodel import Session

from models.documents.client_config import ClientConfig
from models.tables import Client
from revcycle.store.clients import find_client


def register_client(session: Session, config: ClientConfig) -> UUID:
    """Add or update the practice that a client file describes; nothing is ever removed.

    The one operation without an ``Act``: before it there is no practice to act for. Open
    ``transaction(url)`` for it, then ``transaction(url, client_id)`` for ``register_partners``.
    """
    client = find_client(session, config.key)
    if client is None:
        client = Client(key=config.key, name="", time_zone="")
        session.add(client)
    client.name = config.practice.name
    client.time_zone = config.practice.time_zone
    client.office_hours = config.office.to_document(client.time_zone).to_text()
    return client.id
