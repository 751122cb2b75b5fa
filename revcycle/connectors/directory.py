"""A pair of directories as a file drop: a share, a mount, or another program on this machine."""

import asyncio
import errno
import hashlib
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

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

REFUSALS: Final = (PermissionError, FileNotFoundError, NotADirectoryError, IsADirectoryError)

# Shares and foreign file systems have none.
NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class DirectoryFileDrop:
    """Leaves files in ``send`` and collects them from ``collect``; both must exist.

    A folder that is missing is refused and not made: it is more often a share that is not mounted.
    """

    def __init__(
        self, send: Path, collect: Path, *, size_bytes_max: int = FILE_SIZE_BYTES_MAX
    ) -> None:
        self._send = send
        self._collect = collect
        self._size_bytes_max = size_bytes_max

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing is held open."""

    async def put(self, name: str, content: bytes) -> None:
        """Leave a file, flushed to the disk before its final name appears."""
        check_send_name(name)
        await asyncio.to_thread(self._put, name, content)

    async def names(self) -> list[str]:
        """List what waits for us, oldest first."""
        return await asyncio.to_thread(self._names)

    async def count_refused(self) -> int:
        """Count what waits but is not listed."""
        return await asyncio.to_thread(self._count_refused)

    async def get(self, name: str) -> bytes:
        """Read a file that waits for us."""
        check_collect_name(name)
        return await asyncio.to_thread(self._get, name)

    async def find(self, name: str) -> FoundFile | None:
        """Look for a file we left."""
        check_send_name(name)
        return await asyncio.to_thread(self._find, name)

    async def archive(self, name: str) -> None:
        """Move a file we have read to ``done``."""
        check_collect_name(name)
        await asyncio.to_thread(self._archive, name)

    def _put(self, name: str, content: bytes) -> None:
        found = self._find(name)
        with outside_world("put"):
            if found is None and not self._place(name, content):
                found = self._find(name)  # someone else was faster
        if found is not None:
            check_same(found, content)

    def _place(self, name: str, content: bytes) -> bool:
        """Write, verify and rename; tell whether the final name was still free."""
        part = self._send / f"{name}{PARTIAL_SUFFIX}"
        part.unlink(missing_ok=True)  # never written through: it may be a link to something else
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if part.stat().st_size != len(content):
            raise OSError(errno.EIO, "the file is shorter than what was written")
        is_new = move_without_overwriting(part, self._send / name)
        part.unlink(missing_ok=True)
        return is_new

    def _names(self) -> list[str]:
        with outside_world("list"), os.scandir(self._collect) as entries:
            waiting = [
                (entry.stat(follow_symlinks=False).st_mtime_ns, entry.name)
                for entry in entries
                if is_collectable(entry.name) and entry.is_file(follow_symlinks=False)
            ]
        return [name for _, name in sorted(waiting)]

    def _count_refused(self) -> int:
        with outside_world("list"), os.scandir(self._collect) as entries:
            return sum(
                not is_unremarkable(entry.name)
                and not entry.is_dir(follow_symlinks=False)
                and not (is_collectable(entry.name) and entry.is_file(follow_symlinks=False))
                for entry in entries
            )

    def _get(self, name: str) -> bytes:
        path = self._collect / name
        with outside_world("get"):
            if not is_regular_file(path):
                raise no_such_file()
            with path.open("rb") as file:
                content = file.read(self._size_bytes_max + 1)
        check_size(len(content), self._size_bytes_max)
        return content

    def _find(self, name: str) -> FoundFile | None:
        with outside_world("find"):
            self._send.stat()  # a share that is not mounted is no proof that nothing was sent
            for folder in (self._send, *(self._send / archive for archive in PARTNER_ARCHIVES)):
                path = folder / name
                if is_regular_file(path):
                    with path.open("rb") as file:
                        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                        return FoundFile(name=name, size=file.tell(), sha256=sha256)
        return None

    def _archive(self, name: str) -> None:
        done = self._collect / DONE_FOLDER
        with outside_world("archive"):
            if not is_regular_file(self._collect / name):
                if is_regular_file(done / name):
                    return  # archived before
                raise no_such_file()
            done.mkdir(exist_ok=True)
            for free in archive_names(name):
                if rename_if_free(self._collect / name, done / free):
                    return
        raise archive_full()


@contextmanager
def outside_world(operation: str) -> Generator[None]:
    """Turn what the disk says into our two kinds of failure."""
    try:
        yield
    except REFUSALS as error:
        # Not chained: the text of these errors holds paths, and names may hold a person's.
        msg = f"directory {operation} refused: {type(error).__name__}"
        raise RejectedError(msg) from None
    except OSError as error:
        msg = f"directory {operation} failed: {errno.errorcode.get(error.errno or 0, 'unknown')}"
        raise UnavailableError(msg) from None


def is_regular_file(path: Path) -> bool:
    """Tell whether a regular file lies there; a link does not count."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def move_without_overwriting(part: Path, final: Path) -> bool:
    """Give a written file its final name, durably; tell whether the name was free.

    A hard link is the portable rename that refuses to overwrite.
    """
    try:
        final.hardlink_to(part)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        return rename_if_free(part, final)
    part.unlink()
    sync_folder(final.parent)
    return True


def rename_if_free(source: Path, target: Path) -> bool:
    """Rename, durably, where only we make names; tell whether the target was free."""
    if os.path.lexists(target):
        return False
    source.rename(target)
    for folder in {source.parent, target.parent}:
        sync_folder(folder)
    return True


def sync_folder(folder: Path) -> None:
    """Flush a folder, so that a new name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
