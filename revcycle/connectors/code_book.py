"""The book of ICD-10-CM's names, kept in a file of its own so that a process has it at once.

Making it takes two processes and some ten seconds; reading it half a second. The file's name says
what it was made from: another edition, or another list of words that mean the same, is another
file. It holds public titles only.
"""

import hashlib
import os
import subprocess
import sys
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from models.errors import UnavailableError
from revcycle.reference.tabular import TabularCode, read_tabular
from revcycle.rules.suggestions.book import BookIndex, build_book
from revcycle.rules.suggestions.stored import ForeignBytesError, read_book, write_book

TERMS: Final = (sys.executable, "-m", "revcycle.reference.icd10_terms")
SHAPE: Final = "1"  # of the file; another one when build_book or write_book changes


def get_code_book(home: Path) -> BookIndex:
    """Return the book; it is made if the folder has none for this edition.

    Raises:
        UnavailableError: the list of titles could not be read.
    """
    found = find_code_book(home)
    if found is not None:
        return found
    book = build_book(list_tabular_codes())
    _keep(_path(home), write_book(book))
    return book


def find_code_book(home: Path) -> BookIndex | None:
    """Return the book if somebody has made it: a page does not wait for the making."""
    path = _path(home)
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


def has_code_book(home: Path) -> bool:
    """Tell whether somebody has made the book, without reading it."""
    return _path(home).is_file()


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> BookIndex | None:
    try:
        return read_book(path.read_bytes())
    except ForeignBytesError:
        return None  # half a disk, or another version: it is made anew


def _path(home: Path) -> Path:
    return home / "code_book" / f"icd10cm-{_made_from()}.npz"


def list_tabular_codes() -> list[TabularCode]:
    """Read titles and terms in another process, which gives 190 MB back when it ends.

    Raises:
        UnavailableError: it failed.
    """
    done = subprocess.run(TERMS, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own module
    if done.returncode:
        msg = "the titles of ICD-10-CM could not be read"
        raise UnavailableError(msg)
    return read_tabular(done.stdout.splitlines())


def _keep(path: Path, content: bytes) -> None:
    """Write beside and rename: whoever reads finds all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def _made_from() -> str:
    words = files("revcycle.reference").joinpath("medical_words.toml").read_bytes()
    edition = f"{SHAPE} {version('simple-icd-10-cm')} ".encode()
    return hashlib.sha256(edition + words).hexdigest()[:16]
