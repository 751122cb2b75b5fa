"""The two folders of an account: where a practice leaves files, and where it collects them."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.errors import RejectedError
from revcycle.connectors.file_names import (
    DONE_FOLDER,
    PARTIAL_SUFFIX,
    archive_names,
    is_collectable,
)

ACCOUNTS_FOLDER: Final = "accounts"
TO_PAYER: Final = "to_payer"
FROM_PAYER: Final = "from_payer"
ARCHIVE: Final = "archive"
ACCOUNT_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Account:
    """One practice's place at the sandbox."""

    name: str
    inbox: Path
    outbox: Path

    def open(self) -> None:
        """Make the folders that are missing."""
        (self.inbox / ARCHIVE).mkdir(parents=True, exist_ok=True)
        self.outbox.mkdir(parents=True, exist_ok=True)

    def take_away(self, name: str, archive_name: str) -> None:
        """Move a file that was recorded out of the inbox; once is enough."""
        source, target = self.inbox / name, self.inbox / ARCHIVE / archive_name
        if source.exists() and not target.exists():
            source.rename(target)

    def free_archive_name(self, name: str) -> str:
        """Find a name in the archive that no file has."""
        for free in archive_names(name):
            if not os.path.lexists(self.inbox / ARCHIVE / free):
                return free
        msg = "the archive holds too many files of one name"
        raise RejectedError(msg)

    def deliver(self, name: str, content: bytes) -> None:
        """Leave an answer for the practice, complete under its final name."""
        collected = self.outbox / DONE_FOLDER / name
        if (self.outbox / name).exists() or collected.exists():
            return  # delivered before a crash: the names of answers are never used again
        part = self.outbox / f"{name}{PARTIAL_SUFFIX}"
        part.write_bytes(content)
        part.rename(self.outbox / name)


def check_account_name(name: str) -> str:
    """Let a name pass that is safe as a folder.

    Raises:
        RejectedError: it is not.
    """
    if not ACCOUNT_NAME.fullmatch(name):
        msg = "an account's name is made of letters, digits, - and _"
        raise RejectedError(msg)
    return name


def sftp_root(home: Path, name: str) -> Path:
    """Return the folder that an account sees as the root of the server."""
    return home / ACCOUNTS_FOLDER / name


def sftp_account(home: Path, name: str) -> Account:
    """Return an account that is reached by SFTP."""
    root = sftp_root(home, check_account_name(name))
    return Account(name, root / TO_PAYER, root / FROM_PAYER)


def waiting_files(inbox: Path) -> list[Path]:
    """List complete files in an inbox, oldest first."""
    try:
        with os.scandir(inbox) as entries:
            found = [waiting for entry in entries if (waiting := _waiting(entry)) is not None]
    except FileNotFoundError:
        return []
    return [inbox / name for _, name in sorted(found)]


def _waiting(entry: os.DirEntry[str]) -> tuple[int, str] | None:
    """Return when a file came, or None for what is no complete file or has just been moved."""
    if not is_collectable(entry.name):
        return None
    try:
        if not entry.is_file(follow_symlinks=False):
            return None
        return entry.stat(follow_symlinks=False).st_mtime_ns, entry.name
    except FileNotFoundError:
        return None
