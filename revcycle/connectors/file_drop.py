"""A place to leave files for a partner and to collect theirs."""

import hashlib
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Protocol, Self

from models.errors import NotFoundError, RejectedError, UnavailableError
from revcycle.connectors.file_names import (
    archive_names,
    check_collect_name,
    check_send_name,
    is_collectable,
    is_unremarkable,
)

FILE_SIZE_BYTES_MAX: Final = 256 * 1024 * 1024
"""No remittance or export comes near it; a file beyond it would fill the memory."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that lies at the partner under its final name."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """Describe bytes that we hold."""
        return cls(name=name, size=len(content), sha256=hashlib.sha256(content).hexdigest())


class FileDrop(Protocol):
    """An SFTP account or a pair of directories: we write to one folder and read from the other.

    Used as ``async with drop:``, so that one connection serves a batch of files.
    Every method may raise ``UnavailableError`` (could not connect, timed out, was cut off) and
    ``RejectedError`` (host key, credentials, permission, a folder that is missing, a bad name).
    """

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    async def put(self, name: str, content: bytes) -> None:
        """Leave a file: under ``<name>.part``, then renamed; nothing is ever overwritten.

        The same bytes already there, or already moved to the partner's archive, count as done.

        Raises:
            UnavailableError: the partner was lost. The file is complete or invisible; ``find``
                tells which, and the same ``put`` may be repeated.
            RejectedError: refused, or other bytes lie there under this name.
        """
        ...

    async def names(self) -> list[str]:
        """List the complete files that wait for us, oldest first.

        Left out: partial files, dotfiles, folders, links and names of unexpected form.
        """
        ...

    async def count_refused(self) -> int:
        """Count what waits but is not listed: links and names of unexpected form.

        Partial files, dotfiles and folders are normal and not counted. A person looks at the rest.
        """
        ...

    async def get(self, name: str) -> bytes:
        """Read a file that waits for us.

        Raises:
            NotFoundError: no regular file of this name waits.
            RejectedError: it is larger than we take.
        """
        ...

    async def find(self, name: str) -> FoundFile | None:
        """Look for a file we left, also where the partner may have archived it.

        ``None`` means that it is not there now. A partner that deletes what it has read leaves no
        trace here; its acknowledgement is then the only answer.
        """
        ...

    async def archive(self, name: str) -> None:
        """Move a file we have read to the sub-folder ``done``; doing it again is harmless.

        Raises:
            NotFoundError: it neither waits nor was archived.
        """
        ...


def check_same(found: FoundFile, content: bytes) -> None:
    """Accept a file that is already there, if it is the same.

    Raises:
        RejectedError: other bytes lie under this name.
    """
    if found != FoundFile.of(found.name, content):
        msg = f"{found.name}: other bytes lie at the partner under this name"
        raise RejectedError(msg)


def check_size(size_bytes: int, size_bytes_max: int) -> None:
    """Refuse what is too large to read into memory.

    Raises:
        RejectedError: it is.
    """
    if size_bytes > size_bytes_max:
        msg = f"a waiting file holds more than {size_bytes_max} bytes"
        raise RejectedError(msg)


def archive_full() -> RejectedError:
    """Say that a file cannot be archived because its name was reused too often."""
    return RejectedError("the archive holds too many files of one name")


def no_such_file() -> NotFoundError:
    """Say that a file does not wait. Collected names may hold a person's, so none is given."""
    return NotFoundError("no such file waits")


class InMemoryFileDrop:
    """The drop that tests use. It keeps the same promises as the real ones."""

    def __init__(self, *, size_bytes_max: int = FILE_SIZE_BYTES_MAX) -> None:
        self.sent: dict[str, bytes] = {}
        self.partner_archive: dict[str, bytes] = {}
        self.waiting: dict[str, bytes] = {}
        self.done: dict[str, bytes] = {}
        self.is_available = True
        self._size_bytes_max = size_bytes_max

    async def __aenter__(self) -> Self:
        self._connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing is held open."""

    async def put(self, name: str, content: bytes) -> None:
        """Leave a file."""
        check_send_name(name)
        found = await self.find(name)
        if found is None:
            self.sent[name] = content
        else:
            check_same(found, content)

    async def names(self) -> list[str]:
        """List what waits for us, oldest first."""
        self._connect()
        return [name for name in self.waiting if is_collectable(name)]

    async def count_refused(self) -> int:
        """Count what waits but is not listed."""
        self._connect()
        return sum(not is_collectable(name) and not is_unremarkable(name) for name in self.waiting)

    async def get(self, name: str) -> bytes:
        """Read a file that waits for us."""
        check_collect_name(name)
        self._connect()
        if name not in self.waiting:
            raise no_such_file()
        check_size(len(self.waiting[name]), self._size_bytes_max)
        return self.waiting[name]

    async def find(self, name: str) -> FoundFile | None:
        """Look for a file we left."""
        check_send_name(name)
        self._connect()
        for folder in (self.sent, self.partner_archive):
            if name in folder:
                return FoundFile.of(name, folder[name])
        return None

    async def archive(self, name: str) -> None:
        """Move a file we have read to ``done``."""
        check_collect_name(name)
        self._connect()
        if name in self.waiting:
            self.done[self._free_archive_name(name)] = self.waiting.pop(name)
        elif name not in self.done:
            raise no_such_file()

    def _free_archive_name(self, name: str) -> str:
        for free in archive_names(name):
            if free not in self.done:
                return free
        raise archive_full()

    def _connect(self) -> None:
        if not self.is_available:
            msg = "the drop is not available"
            raise UnavailableError(msg)
