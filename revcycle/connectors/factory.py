"""Connectors from plain facts: what a client file says, and the secrets it names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from models.errors import RejectedError
from revcycle.connectors.directory import DirectoryFileDrop
from revcycle.connectors.file_drop import FileDrop
from revcycle.connectors.sftp import SftpAddress, SftpFileDrop
from revcycle.connectors.smtp import SmtpAddress, SmtpMailer

SECRET_REFERENCE: Final = re.compile(r"env:([A-Z][A-Z0-9_]*)")
FILE_PREFIX: Final = "file:"


@dataclass(frozen=True, slots=True)
class DropAddress:
    """Where files are left and collected. Keys are names (``env:NAME``), never the keys."""

    kind: Literal["sftp", "directory"]
    send_folder: str
    collect_folder: str
    host: str = ""
    port: int = 22
    username: str = ""
    private_key: str | None = None
    host_key: str | None = None


def open_drop(address: DropAddress, secrets: Mapping[str, str]) -> FileDrop:
    """Make the drop an address describes; ``async with`` opens its connection.

    Raises:
        RejectedError: a secret is not named, or its variable or file is missing.
    """
    if address.kind == "directory":
        return DirectoryFileDrop(Path(address.send_folder), Path(address.collect_folder))
    sftp_address = SftpAddress(
        host=address.host,
        port=address.port,
        username=address.username,
        private_key=resolve_secret(address.private_key, secrets),
        host_key=resolve_secret(address.host_key, secrets),
    )
    return SftpFileDrop(sftp_address, address.send_folder, address.collect_folder)


def open_mailer(address: SmtpAddress, secrets: Mapping[str, str]) -> SmtpMailer:
    """Make the mailer an address describes; ``async with`` opens its connection.

    Raises:
        RejectedError: the password's variable or file is missing.
    """
    password = resolve_secret(address.password, secrets) if address.username else None
    return SmtpMailer(address, password)


def resolve_secret(reference: str | None, secrets: Mapping[str, str]) -> str:
    """Look up ``env:NAME``: the variable holds the secret itself, or ``file:/path`` to it.

    Raises:
        RejectedError: no secret is named, the variable is not set, or the file is not readable.
    """
    match = SECRET_REFERENCE.fullmatch(reference or "")
    if match is None:
        msg = "a secret is missing, or is not named in the form env:SOME_VARIABLE"
        raise RejectedError(msg)
    name = match[1]
    value = secrets.get(name, "")
    if value.startswith(FILE_PREFIX):
        return _read_secret(name, Path(value.removeprefix(FILE_PREFIX)))
    if not value:
        msg = f"the variable {name} is not set"
        raise RejectedError(msg)
    return value


def _read_secret(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        msg = f"the variable {name} names a file that cannot be read"
        raise RejectedError(msg) from None
