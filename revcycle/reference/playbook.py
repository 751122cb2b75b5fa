"""Reads the playbook of denials."""

import tomllib
from functools import cache
from pathlib import Path

from models.documents.playbook import Play
from models.documents.playbook_file import PlaybookFile

PLAYBOOK = Path(__file__).with_name("playbook.toml")


@cache
def standard_plays() -> tuple[Play, ...]:
    """Return the product's own plays, in order; the last one fits everything."""
    return read_plays(PLAYBOOK.read_text(encoding="utf-8"))


def read_plays(text: str) -> tuple[Play, ...]:
    """Read plays from TOML; a practice's own list has the same form.

    Raises:
        ValueError: it is not TOML, or a play lacks or misspells a key.
    """
    return tuple(one.to_play() for one in PlaybookFile.model_validate(tomllib.loads(text)).play)
