"""Enter whom a practice works with: connections, payers, providers."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.tables import Payer, PayerConnection, Provider
from revcycle.store.clients import find_connections, find_payers
from revcycle.store.encounters import find_providers


@dataclass(frozen=True, slots=True)
class PartnerCount:
    """How many rows the client file speaks of."""

    connections: int
    payers: int
    providers: int


def register_partners(session: Session, act: Act, config: ClientConfig) -> PartnerCount:
    """Add or update the rows behind the client file; what left the file stays, history needs it."""
    connections = _place_connections(session, act.client_id, config)
    _place_payers(session, act.client_id, config, connections)
    _place_providers(session, act.client_id, config)
    return PartnerCount(len(config.connections), len(config.payers), len(config.providers))


def _place_connections(
    session: Session, client_id: UUID, config: ClientConfig
) -> dict[str, PayerConnection]:
    known = find_connections(session, client_id)
    for section in config.connections:
        row = known.get(section.key)
        if row is None:
            row = PayerConnection(
                client_id=client_id, key=section.key, sender_id="", receiver_id=""
            )
            known[section.key] = row
        row.sender_id = section.sender_id
        row.receiver_id = section.receiver_id
        session.add(row)
    return known


def _place_payers(
    session: Session,
    client_id: UUID,
    config: ClientConfig,
    connections: dict[str, PayerConnection],
) -> None:
    known = find_payers(session, client_id)
    for section in config.payers:
        connection_id = connections[section.connection].id
        row = known.get(section.key) or Payer(
            client_id=client_id, key=section.key, name="", payer_id="", connection_id=connection_id
        )
        row.name = section.name
        row.payer_id = section.payer_id
        row.connection_id = connection_id
        session.add(row)


def _place_providers(session: Session, client_id: UUID, config: ClientConfig) -> None:
    known = find_providers(session, client_id, [section.npi for section in config.providers])
    for section in config.providers:
        row = known.get(section.npi) or Provider(
            client_id=client_id, npi=section.npi, last_name=section.last_name
        )
        row.last_name = section.last_name
        row.first_name = section.first_name
        row.taxonomy = section.taxonomy
        session.add(row)
