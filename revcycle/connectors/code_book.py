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


@lru_cache(maxsize=2)
def get_code_book(home: Path) -> BookIndex:
    """Return the book; it is made if the folder has none for this edition.

    Raises:
        UnavailableError: the list of titles could not be read.
    """
    path = home / "code_book" / f"icd10cm-{_made_from()}.npz"
    if path.is_file():
        try:
            return read_book(path.read_bytes())
        except ForeignBytesError:
            path.unlink(missing_ok=True)  # half a disk; it is made anew
    book = build_book(list_tabular_codes())
    _keep(path, write_book(book))
    return book


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
