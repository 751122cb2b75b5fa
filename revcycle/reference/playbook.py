"""Reads the playbook of denials."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from models.documents.playbook import Play

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
    return tuple(_play(table) for table in tomllib.loads(text).get("play", []))


def _play(table: dict[str, Any]) -> Play:
    unknown = set(table) - _KEYS
    missing = _REQUIRED - set(table)
    if unknown or missing:
        msg = f"play {table.get('id', '')!r}: unknown {sorted(unknown)}, missing {sorted(missing)}"
        raise ValueError(msg)
    return Play(
        id=table["id"],
        category=table["category"],
        first_action=table["first_action"],
        due_days=table["due_days"],
        groups=frozenset(table.get("group", ())),
        carcs=frozenset(table.get("carc", ())),
        rarcs=frozenset(table.get("rarc", ())),
        payer_keys=frozenset(table.get("payer", ())),
    )


_REQUIRED = frozenset({"id", "category", "first_action", "due_days"})
_KEYS = _REQUIRED | {"group", "carc", "rarc", "payer"}
