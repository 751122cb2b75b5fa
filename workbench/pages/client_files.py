"""The client files of practices, as far as pages need what only they say."""

from functools import cache
from pathlib import Path

from models.documents.client_config import ClientConfig
from models.documents.coding_policy import AS_WRITTEN, CodingPolicy
from models.states.work_item import Queue
from revcycle.client_config import read_client_config
from revcycle.operations.coding.policies import coding_policy
from revcycle.operations.posting.policies import NO_TERMS, PostingTerms, remittance_policy
from revcycle.settings import settings

CLIENT_FILE = "client.toml"


def find_client_file(key: str) -> ClientConfig | None:
    """Read a practice's client file; None where this machine has none of it.

    Raises:
        ClientConfigError: the file is there and cannot be used.
    """
    folder = settings().client_configs / key
    file = folder / CLIENT_FILE
    return _read(folder, file.stat().st_mtime_ns) if file.is_file() else None


def own_terms(key: str) -> PostingTerms:
    """Return what a practice says about decisions; nothing where its file is not here."""
    config = find_client_file(key)
    return remittance_policy(config).terms if config else NO_TERMS


def own_coding_policy(key: str) -> CodingPolicy:
    """Return how grave a practice takes findings of coding; as written where its file is not here.

    Raises:
        ClientConfigError: the file is there and cannot be used.
    """
    config = find_client_file(key)
    return coding_policy(config) if config else AS_WRITTEN


def wants_suggestions(key: str) -> bool:
    """Tell whether codes are suggested at a practice; they are where its file is not here.

    Raises:
        ClientConfigError: the file is there and cannot be used.
    """
    config = find_client_file(key)
    return config is None or config.coding.suggestions


def own_service_hours(key: str, queue: Queue, otherwise: int) -> int:
    """Return after how many hours work of a queue is due at a practice.

    Raises:
        ClientConfigError: the file is there and cannot be used.
    """
    config = find_client_file(key)
    section = config.queues.get(queue) if config else None
    return section.service_hours if section else otherwise


@cache
def _read(folder: Path, _changed_at: int) -> ClientConfig:
    """Read a file once for each time that it was changed."""
    return read_client_config(folder)
