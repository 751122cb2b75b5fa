"""The practices a command works on: their client files and their rows."""

from datetime import date
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.errors import NotFoundError
from revcycle.client_config import list_client_folders, read_client_config
from revcycle.connectors import clock
from revcycle.operations.clients.register_client import register_client
from revcycle.operations.clients.register_partners import register_partners
from revcycle.settings import settings
from revcycle.store import clients
from revcycle.store.client_report import get_time_zone
from revcycle.store.session import transaction
from workbench.commands.open_database import require_database


def read_clients(root: Path | None = None) -> list[ClientConfig]:
    """Read the client file of every practice.

    Raises:
        ClientConfigError: a file has an error.
        NotFoundError: there is no practice at all.
    """
    root = root or settings().client_configs
    configs = [read_client_config(folder) for folder in list_client_folders(root)]
    if not configs:
        msg = f"no practice has a client.toml under {root}"
        raise NotFoundError(msg)
    return configs


def read_client(key: str) -> ClientConfig:
    """Read the client file of one practice.

    Raises:
        NotFoundError: there is none with this key.
        ClientConfigError: a file has an error.
    """
    for config in read_clients():
        if config.key == key:
            return config
    msg = f"no practice {key} under {settings().client_configs}"
    raise NotFoundError(msg)


def register_clients(configs: list[ClientConfig]) -> None:
    """Add or update every practice with its connections, payers and providers."""
    for config in configs:
        with transaction(settings().database) as session:
            client_id = register_client(session, config)
        act = Act(client_id, "command:clients", clock.now(), clock.today_in(config.zone()))
        with transaction(settings().database, client_id) as session:
            register_partners(session, act, config)


def chosen_practices(key: str = "") -> list[tuple[str, UUID]]:
    """Name the registered practice with this key, or all of them.

    Raises:
        NotFoundError: the practice was never registered, or none was.
    """
    with transaction(require_database()) as session:
        if key:
            return [(key, clients.get_client_id(session, key))]
        known = list(clients.list_client_ids(session))
    if not known:
        msg = "no practice is registered; run revcycle clients sync"
        raise NotFoundError(msg)
    return known


def today_at(session: Session, client_id: UUID) -> date:
    """Tell the day that a registered practice has now."""
    return clock.today_in(ZoneInfo(get_time_zone(session, client_id)))
