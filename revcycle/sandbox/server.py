"""The SFTP side: one account per practice, known by name and by one public key."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import asyncssh

from models.errors import RejectedError
from revcycle.sandbox.folders import ACCOUNT_NAME, sftp_account, sftp_root

HOST_KEY: Final = "host_key"
HOST_KEY_PUBLIC: Final = "host_key.pub"
READY: Final = "ready.json"
LOOPBACK: Final = "127.0.0.1"
PRIVATE_MODE: Final = 0o600
NO_LINKS: Final = "links are not made here"


async def listen(
    home: Path, *, port: int, client_key: Path, is_known: Callable[[str], bool]
) -> asyncssh.SSHAcceptor:
    """Open the port and return what accepts connections; the loopback interface only.

    Args:
        home: The sandbox's folder; accounts are made below it at their first sign-in.
        port: 0 takes a free one.
        client_key: The file with the one public key that may sign in.
        is_known: Tells whether an account may exist.

    Raises:
        RejectedError: the key cannot be read.
    """
    authorized = _read_client_key(client_key)
    return await asyncssh.listen(
        LOOPBACK,
        port,
        config=None,
        server_factory=lambda: _Door(home, authorized, is_known),
        server_host_keys=[_host_key(home)],
        sftp_factory=lambda channel: _AccountServer(home, channel),
    )


def announce(home: Path, port: int) -> None:
    """Tell whoever waits that the sandbox serves, atomically."""
    part = home / f"{READY}.part"
    part.write_text(json.dumps({"port": port, "pid": os.getpid()}), "utf-8")
    part.rename(home / READY)


def is_account_name(name: str) -> bool:
    """Tell whether a name is safe as an account, for a sandbox that takes anybody."""
    return bool(ACCOUNT_NAME.fullmatch(name))


class _Door(asyncssh.SSHServer):
    """Lets in whoever has the key and the name of an account."""

    def __init__(
        self, home: Path, authorized: asyncssh.SSHKey, is_known: Callable[[str], bool]
    ) -> None:
        self._home = home
        self._authorized = authorized
        self._is_known = is_known

    def public_key_auth_supported(self) -> bool:
        """Keys only."""
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Check name and key; the account's folders are made before it sees them."""
        if not self._is_known(username) or key.public_data != self._authorized.public_data:
            return False
        sftp_account(self._home, username).open()
        return True


class _AccountServer(asyncssh.SFTPServer):
    """Shows an account its own folder as the root, and lets it make no links."""

    def __init__(self, home: Path, channel: "asyncssh.SSHServerChannel[bytes]") -> None:
        root = sftp_root(home, channel.get_extra_info("username"))
        super().__init__(channel, chroot=os.fsencode(root.resolve()))

    def symlink(self, oldpath: bytes, newpath: bytes) -> None:  # noqa: ARG002 - asyncssh calls it
        """Refuse: a link could lead out of the account."""
        raise asyncssh.SFTPOpUnsupported(NO_LINKS)

    def link(self, oldpath: bytes, newpath: bytes) -> None:  # noqa: ARG002 - asyncssh calls it
        """Refuse."""
        raise asyncssh.SFTPOpUnsupported(NO_LINKS)


def _read_client_key(path: Path) -> asyncssh.SSHKey:
    try:
        return asyncssh.read_public_key(path)
    except (OSError, asyncssh.KeyImportError) as error:
        msg = f"{path}: not a public key: {type(error).__name__}"
        raise RejectedError(msg) from None


def _host_key(home: Path) -> asyncssh.SSHKey:
    """Read the server's key, or make it at the first start."""
    path = home / HOST_KEY
    if not path.exists():
        part = home / f"{HOST_KEY}.part"
        part.unlink(missing_ok=True)
        key = asyncssh.generate_private_key("ssh-ed25519", comment="revcycle sandbox")
        part.touch(PRIVATE_MODE)
        part.write_bytes(key.export_private_key())
        part.rename(path)
    key = asyncssh.read_private_key(path)
    (home / HOST_KEY_PUBLIC).write_bytes(key.export_public_key())
    return key
