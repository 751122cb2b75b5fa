"""Queries on practices and on whom they exchange files with."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.office_hours import OfficeHours
from models.documents.practice_name import PracticeName
from models.errors import NotFoundError
from models.tables import Client, Payer, PayerConnection


def get_client_id(session: Session, key: str) -> UUID:
    """Return the id of the practice that ``client_configs/<key>`` describes.

    Raises:
        NotFoundError: it was never registered.
    """
    client_id = session.exec(select(Client.id).where(Client.key == key)).one_or_none()
    if client_id is None:
        msg = f"practice {key} is not registered"
        raise NotFoundError(msg)
    return client_id


def find_client(session: Session, key: str) -> Client | None:
    """Find a practice by the name of its folder."""
    return session.exec(select(Client).where(Client.key == key).with_for_update()).one_or_none()


def list_client_ids(session: Session) -> Sequence[tuple[str, UUID]]:
    """List keys and ids of every practice by key."""
    return session.exec(select(Client.key, Client.id).order_by(col(Client.key))).all()


def list_practice_names(session: Session) -> list[PracticeName]:
    """List every practice as those who work for it know it."""
    rows = session.exec(select(Client.id, Client.key, Client.name, Client.time_zone))
    return [PracticeName(*row) for row in rows]


def get_office_hours(session: Session, client_id: UUID) -> OfficeHours:
    """Return when a practice's office is open, as its client file said when it was registered."""
    row = session.exec(
        select(Client.office_hours, Client.time_zone).where(Client.id == client_id)
    ).one()
    return OfficeHours.from_text(*row)


def list_clients(session: Session) -> Sequence[Client]:
    """List every practice by key."""
    return session.exec(select(Client).order_by(col(Client.key))).all()


def find_connections(session: Session, client_id: UUID) -> dict[str, PayerConnection]:
    """Map keys to the connections of this practice."""
    rows = session.exec(select(PayerConnection).where(PayerConnection.client_id == client_id)).all()
    return {row.key: row for row in rows}


def find_payers(session: Session, client_id: UUID) -> dict[str, Payer]:
    """Map keys to the payers of this practice."""
    rows = session.exec(select(Payer).where(Payer.client_id == client_id)).all()
    return {row.key: row for row in rows}


def get_connection(session: Session, client_id: UUID, key: str) -> PayerConnection:
    """Return one connection by the name the client file gives it.

    Raises:
        NotFoundError: it was never registered.
    """
    connection = find_connections(session, client_id).get(key)
    if connection is None:
        msg = f"connection {key} is not registered"
        raise NotFoundError(msg)
    return connection
