"""A partner's SFTP account as a file drop."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

import asyncssh

from models.errors import RejectedError, UnavailableError
from revcycle.connectors.file_drop import (
    FILE_SIZE_BYTES_MAX,
    FoundFile,
    archive_full,
    check_same,
    check_size,
    no_such_file,
)
from revcycle.connectors.file_names import (
    DONE_FOLDER,
    PARTIAL_SUFFIX,
    PARTNER_ARCHIVES,
    archive_names,
    check_collect_name,
    check_send_name,
    is_collectable,
    is_unremarkable,
)

CONNECT_TIMEOUT_SECONDS: Final = 30
OPERATION_TIMEOUT_SECONDS: Final = 300  # a large file on a slow line
KEEPALIVE_SECONDS: Final = 15  # three missed ones end the connection
CHUNK_BYTES: Final = 4 * 1024 * 1024
LISTINGS_MAX: Final = 5

REFUSALS: Final = (
    asyncssh.HostKeyNotVerifiable,
    asyncssh.KeyExchangeFailed,  # the server has no key of the pinned kind
    asyncssh.KeyImportError,
    asyncssh.PermissionDenied,
    asyncssh.IllegalUserName,
    asyncssh.ProtocolNotSupported,
    asyncssh.SFTPPermissionDenied,
    asyncssh.SFTPNoSuchFile,
    asyncssh.SFTPNoSuchPath,
    asyncssh.SFTPNotADirectory,
    asyncssh.SFTPInvalidFilename,
    asyncssh.SFTPOpUnsupported,
    asyncssh.SFTPWriteProtect,
)


@dataclass(frozen=True, slots=True)
class SftpAddress:
    """Whom to call, as whom, and how to know them."""

    host: str
    port: int
    username: str
    private_key: str = field(repr=False)  # PEM or OpenSSH text
    host_key: str  # public keys of the server, one a line: "ssh-ed25519 AAAA..."


class SftpFileDrop:
    """Leaves and collects files over one SFTP connection, opened by ``async with``."""

    def __init__(
        self,
        address: SftpAddress,
        send_folder: str,
        collect_folder: str,
        *,
        timeout_seconds: float = OPERATION_TIMEOUT_SECONDS,
        size_bytes_max: int = FILE_SIZE_BYTES_MAX,
    ) -> None:
        self._address = address
        self._send_folder = send_folder or "."
        self._collect_folder = collect_folder or "."
        self._timeout_seconds = timeout_seconds
        self._size_bytes_max = size_bytes_max
        self._opened = AsyncExitStack()
        self._client: asyncssh.SFTPClient | None = None

    async def __aenter__(self) -> Self:
        with outside_world("connect"):
            async with AsyncExitStack() as opened, asyncio.timeout(self._timeout_seconds):
                connection = await opened.enter_async_context(await connect(self._address))
                # A name that is not UTF-8 must not hide the others; it is counted as refused.
                self._client = await connection.start_sftp_client(path_errors="surrogateescape")
                self._opened = opened.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Hang up."""
        self._client = None
        await self._opened.aclose()

    async def put(self, name: str, content: bytes) -> None:
        """Leave a file."""
        check_send_name(name)
        async with self._session("put") as client:
            found = await self._find(client, name)
            if found is None and not await self._place(client, name, content):
                found = await self._find(client, name)  # someone else was faster
        if found is not None:
            check_same(found, content)

    async def names(self) -> list[str]:
        """List what waits for us, oldest first."""
        waiting = [
            (entry.attrs.mtime or 0, str(entry.filename))
            for entry in await self._entries()
            if is_complete_file(entry)
        ]
        return [name for _, name in sorted(waiting)]

    async def count_refused(self) -> int:
        """Count what waits but is not listed."""
        return sum(
            not is_unremarkable(str(entry.filename))
            and entry.attrs.type != asyncssh.FILEXFER_TYPE_DIRECTORY
            and not is_complete_file(entry)
            for entry in await self._entries()
        )

    async def get(self, name: str) -> bytes:
        """Read a file that waits for us."""
        check_collect_name(name)
        path = f"{self._collect_folder}/{name}"
        async with self._session("get") as client:
            if not await is_regular_file(client, path):
                raise no_such_file()
            async with client.open(path, "rb") as file:
                content = await read_bytes(file, self._size_bytes_max + 1)
        check_size(len(content), self._size_bytes_max)
        return content

    async def find(self, name: str) -> FoundFile | None:
        """Look for a file we left."""
        check_send_name(name)
        async with self._session("find") as client:
            return await self._find(client, name)

    async def archive(self, name: str) -> None:
        """Move a file we have read to ``done``."""
        check_collect_name(name)
        source, done = f"{self._collect_folder}/{name}", f"{self._collect_folder}/{DONE_FOLDER}"
        async with self._session("archive") as client:
            if not await is_regular_file(client, source):
                if await is_regular_file(client, f"{done}/{name}"):
                    return  # archived before
                raise no_such_file()
            await client.makedirs(done, exist_ok=True)
            for free in archive_names(name):
                if not await client.lexists(f"{done}/{free}"):
                    await client.rename(source, f"{done}/{free}")
                    return
        raise archive_full()

    async def _entries(self) -> list[asyncssh.SFTPName]:
        """List the folder; a file that is renamed meanwhile makes some servers give up.

        A partner moves what it finished writing just then, so the listing is asked for again. A
        folder that is missing stays an error.
        """
        async with self._session("list") as client:
            for _ in range(LISTINGS_MAX - 1):
                with suppress(asyncssh.SFTPNoSuchFile):
                    return await self._list(client)
                await client.stat(self._collect_folder)
            return await self._list(client)

    async def _list(self, client: asyncssh.SFTPClient) -> list[asyncssh.SFTPName]:
        return [entry async for entry in client.scandir(self._collect_folder)]

    async def _place(self, client: asyncssh.SFTPClient, name: str, content: bytes) -> bool:
        """Write, verify and rename; tell whether the final name was still free."""
        final, part = (f"{self._send_folder}/{n}" for n in (name, f"{name}{PARTIAL_SUFFIX}"))
        async with client.open(part, "wb") as file:
            await file.write(content)
            with suppress(asyncssh.SFTPOpUnsupported):  # an extension that not all servers have
                await file.fsync()
        if (await client.lstat(part)).size != len(content):
            msg = "sftp put: the file at the partner is not as long as what was written"
            raise UnavailableError(msg)
        try:
            await client.rename(part, final)  # unlike posix_rename it never overwrites
        except asyncssh.SFTPError:
            if not await client.lexists(final):
                raise
            await client.remove(part)
            return False
        return True

    async def _find(self, client: asyncssh.SFTPClient, name: str) -> FoundFile | None:
        await client.stat(self._send_folder)  # a missing folder is no proof that nothing was sent
        archives = (f"{self._send_folder}/{archive}" for archive in PARTNER_ARCHIVES)
        for folder in (self._send_folder, *archives):
            path = f"{folder}/{name}"
            if await is_regular_file(client, path):
                return await describe(client, path, name)
        return None

    @asynccontextmanager
    async def _session(self, operation: str) -> AsyncGenerator[asyncssh.SFTPClient]:
        assert self._client is not None, "a drop is used inside its async with"  # noqa: S101 - a promise
        with outside_world(operation):
            async with asyncio.timeout(self._timeout_seconds):
                yield self._client


async def connect(address: SftpAddress) -> asyncssh.SSHClientConnection:
    """Open a connection that trusts the pinned keys only and reads no configuration of its own."""
    trusted = [asyncssh.import_public_key(line) for line in address.host_key.strip().splitlines()]
    return await asyncssh.connect(
        address.host,
        address.port,
        username=address.username,
        client_keys=[asyncssh.import_private_key(address.private_key)],
        known_hosts=(trusted, [], []),
        config=None,
        agent_path=None,
        preferred_auth="publickey",
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        login_timeout=CONNECT_TIMEOUT_SECONDS,
        keepalive_interval=KEEPALIVE_SECONDS,
    )


async def describe(client: asyncssh.SFTPClient, path: str, name: str) -> FoundFile:
    """Read a file at the partner and hash it, without holding all of it."""
    digest, size = hashlib.sha256(), 0
    async with client.open(path, "rb") as file:
        while chunk := await read_bytes(file, CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return FoundFile(name=name, size=size, sha256=digest.hexdigest())


async def read_bytes(file: asyncssh.SFTPClientFile, size_bytes: int) -> bytes:
    """Read up to so many bytes of a file that was opened as binary."""
    content = await file.read(size_bytes)
    assert isinstance(content, bytes), "opened as binary"  # noqa: S101 - a promise of asyncssh
    return content


async def is_regular_file(client: asyncssh.SFTPClient, path: str) -> bool:
    """Tell whether a regular file lies there; a link does not count."""
    try:
        return (await client.lstat(path)).type == asyncssh.FILEXFER_TYPE_REGULAR
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
        return False


def is_complete_file(entry: asyncssh.SFTPName) -> bool:
    """Tell whether a listed entry is a file that we take."""
    is_regular = entry.attrs.type == asyncssh.FILEXFER_TYPE_REGULAR
    return is_regular and is_collectable(str(entry.filename))


@contextmanager
def outside_world(operation: str) -> Generator[None]:
    """Turn what the partner and the network say into our two kinds of failure."""
    try:
        yield
    except REFUSALS as error:
        # Not chained: what a server says may repeat a path, and names may hold a person's.
        msg = f"sftp {operation} refused: {type(error).__name__}"
        raise RejectedError(msg) from None
    except (asyncssh.Error, OSError) as error:
        msg = f"sftp {operation} failed: {type(error).__name__}"
        raise UnavailableError(msg) from None
