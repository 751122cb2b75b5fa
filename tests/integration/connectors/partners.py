"""Partners to exchange files with, on this machine: in memory, by directories, by SFTP."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import asyncssh

from revcycle.connectors.directory import DirectoryFileDrop
from revcycle.connectors.file_drop import FileDrop, InMemoryFileDrop
from revcycle.connectors.sftp import SftpAddress, SftpFileDrop

SIZE_BYTES_MAX = 1_000_000
LOOPBACK = "127.0.0.1"
USERNAME = "practice"
FIRST_MODIFIED_AT = 1_700_000_000

Answer = TypeVar("Answer")


class Partner(Protocol):
    """The other side of a drop."""

    def meet(self, talk: Callable[[FileDrop], Awaitable[Answer]]) -> Answer:
        """Connect, let us talk, and hang up."""
        ...

    def leave(self, name: str, content: bytes) -> None:
        """Leave a file for us, later than the ones before."""
        ...

    def take(self, name: str) -> None:
        """Move a file of ours to the partner's archive."""
        ...

    def received(self) -> dict[str, bytes]:
        """Show what lies in the folder we send to."""
        ...

    def done(self) -> dict[str, bytes]:
        """Show what we have moved to ``done``."""
        ...


class MemoryPartner:
    """The partner that the in-memory drop imagines."""

    def __init__(self) -> None:
        self.drop = InMemoryFileDrop(size_bytes_max=SIZE_BYTES_MAX)

    def meet(self, talk: Callable[[FileDrop], Awaitable[Answer]]) -> Answer:
        async def connect() -> Answer:
            async with self.drop as drop:
                return await talk(drop)

        return asyncio.run(connect())

    def leave(self, name: str, content: bytes) -> None:
        self.drop.waiting[name] = content

    def take(self, name: str) -> None:
        self.drop.partner_archive[name] = self.drop.sent.pop(name)

    def received(self) -> dict[str, bytes]:
        return self.drop.sent

    def done(self) -> dict[str, bytes]:
        return self.drop.done


class DirectoryPartner:
    """A partner that shares two directories."""

    def __init__(self, root: Path) -> None:
        self.send = root / "send"
        self.collect = root / "collect"
        self.send.mkdir()
        self.collect.mkdir()
        self._left = 0

    def meet(self, talk: Callable[[FileDrop], Awaitable[Answer]]) -> Answer:
        async def connect() -> Answer:
            drop = DirectoryFileDrop(self.send, self.collect, size_bytes_max=SIZE_BYTES_MAX)
            async with drop:
                return await talk(drop)

        return asyncio.run(connect())

    def leave(self, name: str, content: bytes) -> None:
        path = self.collect / name
        path.write_bytes(content)
        self._left += 1
        os.utime(path, (FIRST_MODIFIED_AT, FIRST_MODIFIED_AT + self._left))

    def take(self, name: str) -> None:
        archive = self.send / "archive"
        archive.mkdir(exist_ok=True)
        (self.send / name).rename(archive / name)

    def received(self) -> dict[str, bytes]:
        return files_in(self.send)

    def done(self) -> dict[str, bytes]:
        return files_in(self.collect / "done")


def files_in(folder: Path) -> dict[str, bytes]:
    paths = folder.iterdir() if folder.exists() else ()
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


@dataclass(frozen=True)
class Keys:
    """Made for the tests: the server's, ours, and one that nobody knows."""

    host: asyncssh.SSHKey
    client: asyncssh.SSHKey
    stranger: asyncssh.SSHKey


def make_keys() -> Keys:
    return Keys(*(asyncssh.generate_private_key("ssh-ed25519") for _ in range(3)))


class SftpPartner(DirectoryPartner):
    """The same two directories behind an SFTP server."""

    def __init__(
        self, root: Path, keys: Keys, server: type[asyncssh.SFTPServer] = asyncssh.SFTPServer
    ) -> None:
        super().__init__(root)
        self.root = root
        self.keys = keys
        self.server = server

    def meet(self, talk: Callable[[FileDrop], Awaitable[Answer]]) -> Answer:
        async def connect() -> Answer:
            async with self.listening() as port, self.drop(port) as drop:
                return await talk(drop)

        return asyncio.run(connect())

    def drop(
        self,
        port: int,
        *,
        host_key: asyncssh.SSHKey | None = None,
        client_key: asyncssh.SSHKey | None = None,
        timeout_seconds: float = 30,
    ) -> SftpFileDrop:
        return SftpFileDrop(
            SftpAddress(
                host=LOOPBACK,
                port=port,
                username=USERNAME,
                private_key=(client_key or self.keys.client).export_private_key().decode(),
                host_key=(host_key or self.keys.host).export_public_key().decode(),
            ),
            "send",
            "collect",
            timeout_seconds=timeout_seconds,
            size_bytes_max=SIZE_BYTES_MAX,
        )

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[int]:
        ours = self.keys.client.export_public_key().decode()
        root, server = str(self.root).encode(), self.server
        acceptor = await asyncssh.listen(
            LOOPBACK,
            0,
            config=None,
            server_host_keys=[self.keys.host],
            authorized_client_keys=asyncssh.import_authorized_keys(ours),
            sftp_factory=lambda channel: server(channel, chroot=root),
        )
        async with acceptor:
            yield acceptor.get_port()
