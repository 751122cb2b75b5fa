"""Files of reference data: plain, in a folder, or in a zip, which is read in place."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final

from models.errors import NotFoundError, RejectedError

# The largest public file is a quarter of NCCI's pairs: 700,000 rows, 80 MB.
FILE_BYTES_MAX: Final = 1_000_000_000
MEMBERS_MAX: Final = 200
# Lists of codes shrink to a tenth; a zip that promises more than this is made to fill a disk.
RATIO_MAX: Final = 200
CHUNK: Final = 1 << 20
ZIP: Final = ".zip"


@dataclass(slots=True)
class ReadingProgress:
    """How far a file is read."""

    bytes_total: int = 0
    bytes_read: int = 0


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One file that can be read from its beginning as often as needed.

    Attributes:
        name: Its own name, after that of the zip in which it lies and a colon.
        size: Bytes when unpacked.
        progress: Counts what is read of it and of the others.
    """

    name: str
    size: int
    opener: Callable[[], IO[bytes]] = field(repr=False)
    progress: ReadingProgress = field(default_factory=ReadingProgress)

    @property
    def stem(self) -> str:
        """Its own name without the ending."""
        return PurePosixPath(self.name.rpartition(":")[2]).stem

    @property
    def suffix(self) -> str:
        """The ending in small letters, such as .csv."""
        return PurePosixPath(self.name).suffix.lower()

    def open(self) -> IO[bytes]:
        """Open it at its beginning; the progress counts what is read."""
        counted = _Counted(self.opener(), self.progress)
        return io.BufferedReader(counted, CHUNK)

    def chunks(self) -> Iterator[bytes]:
        """Read it in pieces, uncounted."""
        with self.opener() as stream:
            while chunk := _read(stream, CHUNK):
                yield chunk


class _Counted(io.RawIOBase):
    """A stream that notes how much of it was read."""

    def __init__(self, stream: IO[bytes], progress: ReadingProgress) -> None:
        self._stream = stream
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer
        chunk = _read(self._stream, len(buffer))
        buffer[: len(chunk)] = chunk
        self._progress.bytes_read += len(chunk)
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _read(stream: IO[bytes], size: int) -> bytes:
    try:
        return stream.read(size)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        msg = "the zip is damaged; fetch it again"
        raise RejectedError(msg) from error


def gather_files(
    paths: Sequence[Path], members: re.Pattern[str], suffixes: Sequence[str]
) -> tuple[list[ReferenceFile], ReadingProgress]:
    """Find the files of an edition.

    A file that is named itself is taken whatever its name. Of a folder and of a zip those are taken
    whose names match; of several with the same name but for the ending, the first of ``suffixes``.

    Args:
        paths: Files, zips and folders of both.
        members: What the names in zips and folders look like, without the ending.
        suffixes: The endings that can be read, best first, such as ``(".txt", ".csv")``.

    Returns:
        The files in the order of their names, and how far they are read.

    Raises:
        NotFoundError: a path is not there.
        RejectedError: nothing matches, or a zip is broken, locked or too large.
    """
    progress = ReadingProgress()
    found: list[ReferenceFile] = []
    for path in paths:
        if path.is_dir():
            inside = (one for one in sorted(path.iterdir()) if one.is_file())
            found += _chosen(_each(inside, progress, members, suffixes), members, suffixes)
        elif path.is_file():
            found += _each([path], progress, members, suffixes)
        else:
            msg = f"there is no file {path}"
            raise NotFoundError(msg)
    if not found:
        endings = " ".join(suffixes)
        msg = f"nothing to read: no file like {members.pattern} with one of the endings {endings}"
        raise RejectedError(msg)
    progress.bytes_total = sum(one.size for one in found)
    return sorted(found, key=lambda one: one.name.rpartition(":")[2].lower()), progress


def sha256_of(files: Iterable[ReferenceFile]) -> str:
    """Hash what the files hold, one after the other: the same in a zip, unpacked, or renamed."""
    digest = hashlib.sha256()
    for file in files:
        for chunk in file.chunks():
            digest.update(chunk)
    return digest.hexdigest()


def _each(
    paths: Iterable[Path],
    progress: ReadingProgress,
    members: re.Pattern[str],
    suffixes: Sequence[str],
) -> Iterator[ReferenceFile]:
    for path in paths:
        if path.suffix.lower() == ZIP:
            yield from _chosen(_in_zip(path, progress), members, suffixes)
        else:
            _require_size(path.name, path.stat().st_size)
            yield ReferenceFile(path.name, path.stat().st_size, _plain(path), progress)


def _chosen(
    files: Iterable[ReferenceFile], members: re.Pattern[str], suffixes: Sequence[str]
) -> list[ReferenceFile]:
    best: dict[str, ReferenceFile] = {}
    for file in files:
        if file.suffix not in suffixes or not members.search(file.stem):
            continue
        other = best.get(file.stem.lower())
        if other is None or suffixes.index(file.suffix) < suffixes.index(other.suffix):
            best[file.stem.lower()] = file
    return list(best.values())


def _in_zip(path: Path, progress: ReadingProgress) -> list[ReferenceFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [one for one in archive.infolist() if not one.is_dir()]
    except zipfile.BadZipFile as error:
        msg = f"{path.name} is no zip, or a broken one"
        raise RejectedError(msg) from error
    if len(inside) > MEMBERS_MAX:
        msg = f"{path.name} holds more than {MEMBERS_MAX} files"
        raise RejectedError(msg)
    return [_member(path, one, progress) for one in inside]


def _member(path: Path, member: zipfile.ZipInfo, progress: ReadingProgress) -> ReferenceFile:
    name = f"{path.name}:{PurePosixPath(member.filename).name}"
    _require_size(name, member.file_size)
    if member.flag_bits & 1:
        msg = f"{name} is locked with a password; unpack it first"
        raise RejectedError(msg)
    if member.file_size > RATIO_MAX * max(member.compress_size, 1) and member.file_size > CHUNK:
        msg = f"{name} grows more than {RATIO_MAX} times when unpacked: no list of codes does"
        raise RejectedError(msg)
    return ReferenceFile(name, member.file_size, _zipped(path, member), progress)


def _require_size(name: str, size: int) -> None:
    if size > FILE_BYTES_MAX:
        msg = f"{name} has {size} bytes; {FILE_BYTES_MAX} are allowed"
        raise RejectedError(msg)


def _plain(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _zipped(path: Path, member: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    """Open a member; ``zipfile`` never yields more bytes than the member promised."""
    return lambda: zipfile.ZipFile(path).open(member)
