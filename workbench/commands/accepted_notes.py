"""Notes with accepted codes in a folder: what ``revcycle coding train --from`` reads.

Two forms, which may stand beside each other. A note ``visit1.txt`` with its codes in
``visit1.codes``, one a line or parted by blanks or commas; or the notes as ``*.txt`` and any
``*.tsv`` whose lines are the note's name without ``.txt``, a tab, and one code. Codes may have
their dot or not, in capitals or small.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from models.errors import NotFoundError, RejectedError
from revcycle.rules.suggestions.history import AcceptedNote

_PARTS: Final = re.compile(r"[\s,;]+")
_CODE: Final = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
COLUMNS_OF_TSV: Final = 2


def read_accepted_notes(folder: Path) -> list[AcceptedNote]:
    """Read every note of a folder, and of the folders in it, that has codes.

    Raises:
        NotFoundError: there is no such folder.
        RejectedError: a code is none, the text names file and line; or no note has codes.
    """
    if not folder.is_dir():
        msg = f"there is no folder {folder}"
        raise NotFoundError(msg)
    codes = _codes_of_tables(sorted(folder.rglob("*.tsv")))
    found = []
    for path in sorted(folder.rglob("*.txt")):
        own = path.with_suffix(".codes")
        listed = _codes_in(own) if own.is_file() else codes.get(path.stem, [])
        if listed:
            text = path.read_text(encoding="utf-8", errors="replace")
            found.append(AcceptedNote(text, tuple(dict.fromkeys(listed))))
    if not found:
        msg = f"no note in {folder} has codes; see revcycle coding train --help"
        raise RejectedError(msg)
    return found


def _codes_in(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        _code(text, path, number)
        for number, line in enumerate(lines, start=1)
        for text in _PARTS.split(line)
        if text
    ]


def _codes_of_tables(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Read the tables of two columns; others, such as one with places in the text, are not ours."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
        if rows and all(len(row) == COLUMNS_OF_TSV for row in rows):
            for number, (note, code) in enumerate(rows, start=1):
                found[note].append(_code(code, path, number))
    return found


def _code(text: str, path: Path, line: int) -> str:
    code = text.strip().upper().replace(".", "")
    if not _CODE.fullmatch(code):
        msg = f"{path.name}, line {line}: not the form of an ICD-10-CM code"
        raise RejectedError(msg)
    return code
