"""What two practices may not share: numbers that identify them, and folders with patient data."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from models.documents.client_config import (
    BankSection,
    ClientConfig,
    ConnectionSection,
    IntakeSourceSection,
)
from models.documents.finding import Finding, Severity
from revcycle.client_config.places import ClientFile, Problem
from revcycle.client_config.toml_lines import KeyPath


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Something that should belong to one practice only, and where a file claims it."""

    identity: tuple[str, ...]
    words: str
    path: KeyPath
    severity: Severity = Severity.ERROR


def check_between_clients(
    clients: Iterable[tuple[ClientFile, ClientConfig]],
) -> Iterator[Finding]:
    """Report what a client file shares with a file before it."""
    owners: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)  # insertion keeps the order
    for file, config in clients:
        for claimed in _claims(config):
            others = [owner for owner in owners[claimed.identity] if owner != config.key]
            owners[claimed.identity][config.key] = None
            if others:
                message = f"{claimed.words} is also that of {', '.join(others)}"
                yield file.finding(
                    Problem("client.shared", claimed.path, message, claimed.severity)
                )


def _claims(config: ClientConfig) -> Iterator[_Claimed]:
    yield _Claimed(("key", config.key), f"the key {config.key!r}", ())
    yield _Claimed(("npi", config.practice.npi), "this NPI", ("practice", "npi"))
    for index, provider in enumerate(config.providers):
        # A person may work for two practices; more often it is a copied line.
        path: KeyPath = ("providers", index, "npi")
        yield _Claimed(("npi", provider.npi), "this NPI", path, Severity.WARNING)
    for index, connection in enumerate(config.connections):
        yield from _connection_claims(connection, ("connections", index))
    for index, source in enumerate(config.intake):
        yield _folder_claim(source, source.folder, ("intake", index, "folder"))
    if config.bank is not None and config.bank.folder:
        yield _folder_claim(config.bank, config.bank.folder, ("bank", "folder"))


def _connection_claims(connection: ConnectionSection, path: KeyPath) -> Iterator[_Claimed]:
    """Control numbers count per sender and receiver, so that the pair belongs to one practice."""
    pair = (connection.sender_id, connection.receiver_id)
    yield _Claimed(("sender", *pair), "this sender_id with this receiver", (*path, "sender_id"))
    yield _folder_claim(connection, connection.collect_folder, (*path, "collect_folder"))


def _folder_claim(
    section: ConnectionSection | IntakeSourceSection | BankSection, folder: str, path: KeyPath
) -> _Claimed:
    """A file in a shared folder would be taken for a patient of the wrong practice."""
    server = (section.host, str(section.port), section.username) if section.kind == "sftp" else ()
    return _Claimed(("folder", *server, str(PurePosixPath(folder))), "this folder", path)
